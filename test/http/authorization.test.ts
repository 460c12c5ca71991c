import functions, { type InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/http/route.ts';
import { routes } from '../../shared/http/routes.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { requestHandler } from '../../shared/runtime/requestHandler.ts';
import { nameIdentifier, principalOf } from './principals.ts';
import { samples } from './samples.ts';
import { audience, now, type TestIssuer, testIssuer } from './testIssuer.ts';

let issuer: TestIssuer;
let other: TestIssuer;
let auth: AuthSettings;
let believing: AuthSettings;
let provider: TestIssuer;
let providerKey: Awaited<ReturnType<TestIssuer['newKey']>>;
beforeAll(async () => {
  issuer = await testIssuer();
  auth = { issuers: [issuer.issuer], audience, rolesClaim: 'roles', roles: { agent: 'agent', admin: 'admin' } };
  believing = { ...auth, platform: true };
  other = await testIssuer();
  provider = await testIssuer();
  providerKey = await provider.newKey('rsa', 'RS256');
  await provider.publish(providerKey);
});
afterAll(() => Promise.all([issuer.close(), other.close(), provider.close()]));

/** Who tells of calls: an issuer of its own, for an audience of its own. */
const callbacks = () => ({
  issuer: provider.issuer,
  configuration: `${provider.issuer}/.well-known/openid-configuration`,
  audience: 'resource-1',
});
const onlyTheProvider = { anyone: 'in', 'signed-in': 401, agent: 401, admin: 401, 'call-automation': 'in' } as const;

const as = (token: string) => ({ authorization: `Bearer ${token}` });
const admin = { roles: ['admin'] };

/** An admin whom App Service says it has signed in, or somebody else by other claims. */
const signedIn = (changed: Readonly<Record<string, string>> = {}) => ({
  'x-ms-client-principal': principalOf(
    Object.entries({ iss: issuer.issuer, aud: audience, [nameIdentifier]: 'ann', roles: 'admin', ...changed }),
  ),
});

/** Everybody who might come, and what each route's role makes of them. */
const callers: readonly Caller[] = [
  ['nobody', async () => ({}), { anyone: 'in', 'signed-in': 401, agent: 401, admin: 401, 'call-automation': 401 }],
  [
    'a person without a role',
    async () => as(await issuer.token()),
    { anyone: 'in', 'signed-in': 'in', agent: 403, admin: 403, 'call-automation': 401 },
  ],
  [
    'an agent',
    async () => as(await issuer.token({ roles: ['agent'] })),
    { anyone: 'in', 'signed-in': 'in', agent: 'in', admin: 403, 'call-automation': 401 },
  ],
  [
    'an admin',
    async () => as(await issuer.token(admin)),
    { anyone: 'in', 'signed-in': 'in', agent: 'in', admin: 'in', 'call-automation': 401 },
  ],
  [
    'the provider that tells of calls',
    async () => as(await provider.sign(providerKey, { aud: 'resource-1' })),
    onlyTheProvider,
  ],
  [
    'the provider, meaning somebody else',
    async () => as(await provider.sign(providerKey, { aud: 'resource-2' })),
    { ...onlyTheProvider, 'call-automation': 401 },
  ],
  ...impostors([
    [
      'the provider, meaning this app and claiming to be an admin',
      async () => as(await provider.sign(providerKey, { ...admin, aud: audience })),
    ],
    ["an admin by another issuer's word", async () => as(await other.token(admin))],
    [
      "an admin by another issuer's key and our issuer's name",
      async () => as(await other.token({ ...admin, iss: issuer.issuer })),
    ],
    ['an admin of another audience', async () => as(await issuer.token({ ...admin, aud: 'another' }))],
    ['an admin whose token has expired', async () => as(await issuer.token({ ...admin, exp: now / 1000 - 3600 }))],
    ['an admin without a signature', async () => as(issuer.unsigned(admin))],
    ['an admin by HS256 with the public key', async () => as(await issuer.signedWithPublicKey(admin))],
    ['an admin by a header of the platform', async () => signedIn()],
    ["an admin by the host's own key", async () => ({ 'x-functions-key': 'master' })],
  ]),
];

type Verdict = 'in' | 401 | 403;
type Caller = readonly [who: string, headers: () => Promise<Record<string, string>>, Readonly<Record<Role, Verdict>>];

/** Where App Service authentication is on, and to be believed. */
const callersOfThePlatform: readonly Caller[] = [
  ['nobody', async () => ({}), { anyone: 'in', 'signed-in': 401, agent: 401, admin: 401, 'call-automation': 401 }],
  [
    'a person',
    async () => signedIn({ roles: '' }),
    { anyone: 'in', 'signed-in': 'in', agent: 403, admin: 403, 'call-automation': 401 },
  ],
  [
    'an agent',
    async () => signedIn({ roles: 'agent' }),
    { anyone: 'in', 'signed-in': 'in', agent: 'in', admin: 403, 'call-automation': 401 },
  ],
  [
    'an admin',
    async () => signedIn(),
    { anyone: 'in', 'signed-in': 'in', agent: 'in', admin: 'in', 'call-automation': 401 },
  ],
  [
    'an agent who brings a token of their own beside an admin’s session',
    async () => ({ ...signedIn(), ...as(await issuer.token({ roles: ['agent'] })) }),
    { anyone: 'in', 'signed-in': 'in', agent: 'in', admin: 403, 'call-automation': 401 },
  ],
  ...impostors([
    ['an admin of another issuer', async () => signedIn({ iss: 'https://evil.example' })],
    ['an admin of another audience', async () => signedIn({ aud: 'another' })],
    ['an admin lured from another site', async () => ({ ...signedIn(), 'sec-fetch-site': 'cross-site' })],
    ['an admin whose token is not valid', async () => ({ ...signedIn(), ...as(await issuer.expired()) })],
  ]),
];

function impostors(them: readonly [string, () => Promise<Record<string, string>>][]) {
  return them.map(
    ([who, headers]): Caller => [
      who,
      headers,
      { anyone: 'in', 'signed-in': 401, agent: 401, admin: 401, 'call-automation': 401 },
    ],
  );
}

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const everybody = [
    ...callers.map((caller) => [...caller, false] as const),
    ...callersOfThePlatform.map(([who, ...rest]) => [`${who}, as the platform says`, ...rest, true] as const),
  ];
  test.each(everybody)('%s', async (_who, headers, verdicts, platform) => {
    let reached = false;
    const services = {
      auth: platform ? believing : auth,
      callbacks: callbacks(),
      clock: { now: () => now },
      log: () => {},
    };
    const act = async () => {
      reached = true;
      return { status: 200, body: {} };
    };
    const sample = samples[route.name];
    const request = new functions.HttpRequest({
      method: route.method,
      url: 'http://localhost/api',
      params: { ...sample?.params },
      query: { ...sample?.query },
      headers: { 'content-type': route.bodyType ?? 'application/json', ...sample?.headers, ...(await headers()) },
      ...(sample?.body
        ? { body: { string: typeof sample.body === 'string' ? sample.body : JSON.stringify(sample.body) } }
        : {}),
    });
    const { status } = await requestHandler(
      route,
      act,
      () => services,
    )(request, { invocationId: '' } as InvocationContext);
    const verdict = verdicts[route.role];
    expect([reached, status]).toEqual(verdict === 'in' ? [true, 200] : [false, verdict]);
  });
});

test('only what tells nothing is open to anyone', () => {
  expect(routes.filter(({ role }) => role === 'anyone').map(({ name }) => name)).toEqual([
    'getPrompt',
    'getConsole',
    'getHealth',
    'getOpenApi',
  ]);
});
