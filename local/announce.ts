import { isAbsolute, relative } from 'node:path';

/** A running world, as far as it is announced. */
interface Announced {
  readonly acs: { readonly url: string; readonly tlsUrl?: string | undefined; readonly connectionString: string };
  /** The file with what a client has to trust for TLS. */
  readonly certificate: { readonly file: string };
  readonly oidc: { readonly issuer: string };
  readonly functions?: { readonly url: string } | undefined;
}

/**
 * What a person needs to know of a world that has come up: what is where, and lines to try, which can be pasted together.
 * `directory`: where its data lies.
 */
export function announce({ acs, certificate, oidc, functions }: Announced, directory: string): string {
  return [
    '',
    functions === undefined
      ? 'The emulators run. Start the functions with `func start`.'
      : 'Switchboard runs on this machine.',
    '',
    ...(functions === undefined ? [] : [`  functions and API  ${functions.url}  (${functions.url}/api/openapi.json)`]),
    ...(functions === undefined
      ? []
      : [`  console            ${functions.url}/console/  (phones and dials: /console/lab)`]),
    `  ACS and carrier    ${acs.url}  (what it can do: GET /; control: /admin)`,
    `  ACS, for SDKs      ${acs.connectionString}`,
    `  ACS over TLS       ${acs.tlsUrl}  (to trust it: NODE_EXTRA_CA_CERTS=${shown(certificate.file)})`,
    `  sign-in (OIDC)     ${oidc.issuer}`,
    `  storage            Azurite, with all data in ${shown(directory)}`,
    '',
    'Text it as a subscriber would, and see what was answered:',
    ...subscriberLines(acs.url),
    ...(functions === undefined ? [] : ['', 'Read it as an agent:', ...agentLines(functions.url, oidc.issuer)]),
    '',
    'Ctrl-C ends all of it.',
    '',
  ].join('\n');
}

/** A file or folder below the working directory by the way that leads there from it. */
function shown(path: string): string {
  const way = relative(process.cwd(), path);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? path : way;
}

/** An answer takes a moment. */
const subscriberLines = (url: string): readonly string[] => [
  `  curl -s ${url}/admin/sms -H 'content-type: application/json' \\`,
  `    -d '{"from":"+14255550123","to":"+18005550100","message":"hours"}'`,
  '  sleep 1',
  `  curl -s '${url}/admin/sms?to=%2B14255550123'`,
];

const agentLines = (url: string, issuer: string): readonly string[] => [
  `  TOKEN=$(curl -s ${issuer}/token -d grant_type=client_credentials -d client_id=agent |`,
  `    sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
  `  curl -s ${url}/api/conversations -H "authorization: Bearer $TOKEN"`,
];
