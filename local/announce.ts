import type { World } from './world.ts';

/** What a person needs to know of a world that has come up: what is where, and what to try. */
export function announce(world: World, directory: string): string {
  const { acs, oidc, functions } = world;
  return [
    '',
    functions === undefined
      ? 'The emulators run. Start the functions with `func start`.'
      : 'Switchboard runs on this machine.',
    '',
    ...(functions === undefined ? [] : [`  functions and API  ${functions.url}  (${functions.url}/api/openapi.json)`]),
    `  ACS and carrier    ${acs.url}  (what it can do: GET /; control: /admin)`,
    `  sign-in (OIDC)     ${oidc.issuer}`,
    `  storage            Azurite, with all data in ${directory}`,
    '',
    'Text it as a subscriber would:',
    `  curl -s ${acs.url}/admin/sms -H 'content-type: application/json' -d '{"from":"+14255550123","to":"+18005550100","message":"hours"}'`,
    'See what was answered:',
    `  curl -s '${acs.url}/admin/sms?to=%2B14255550123'`,
    ...(functions === undefined ? [] : agentLines(functions.url, oidc.issuer)),
    '',
    'Ctrl-C ends all of it.',
    '',
  ].join('\n');
}

const agentLines = (url: string, issuer: string): readonly string[] => [
  'Read it as an agent:',
  `  TOKEN=$(curl -s ${issuer}/token -d grant_type=client_credentials -d client_id=agent | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
  `  curl -s ${url}/api/conversations -H "authorization: Bearer $TOKEN"`,
];
