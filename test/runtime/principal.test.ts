import { describe, expect, test } from 'vitest';
import { AppError } from '../../shared/core/errors.ts';
import { authentication } from '../../shared/runtime/authentication.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { nameIdentifier, objectIdentifier, type PlatformClaim, principalOf } from '../http/principals.ts';

const iss: PlatformClaim = ['iss', 'https://login.example/tenant/v2.0'];
const aud: PlatformClaim = ['aud', 'switchboard'];
const sub: PlatformClaim = [nameIdentifier, 'ann'];
const agent: PlatformClaim = ['roles', 'agent'];

const settings: AuthSettings = {
  issuers: ['https://other.example', iss[1]],
  audience: 'switchboard',
  rolesClaim: 'roles',
  roles: { agent: 'agent', admin: 'admin' },
  platform: true,
};

const whoIs = (headers: Record<string, string>, changed: Partial<AuthSettings> = {}) =>
  authentication({ ...settings, ...changed }, { clock: { now: () => 0 }, log: () => {} })(new Headers(headers));
const signedIn = (...claims: readonly PlatformClaim[]) => ({ 'x-ms-client-principal': principalOf(claims) });
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'let in',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('whom the platform signed in is known by the claims of their token', async () => {
  const headers = signedIn(iss, aud, sub, [objectIdentifier, '6f3a'], ['name', 'Ann'], agent, ['roles', 'else']);
  expect(await whoIs(headers)).toEqual({
    subject: 'ann',
    issuer: iss[1],
    objectId: '6f3a',
    name: 'Ann',
    roles: ['agent'],
  });
});

describe('roles', () => {
  const role = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
  test.each<[string, readonly PlatformClaim[], string, readonly string[]]>([
    ['none', [], 'roles', []],
    ['one', [agent], 'roles', ['agent']],
    [
      'several',
      [
        ['roles', 'x'],
        ['roles', 'admin'],
      ],
      'roles',
      ['agent', 'admin'],
    ],
    ['under the platform’s name for them', [[role, 'admin']], 'roles', ['agent', 'admin']],
    ['by another claim', [['https://a.example/roles', 'agent']], 'https://a.example/roles', ['agent']],
    ['not by what the platform calls a role where another claim is set', [[role, 'admin']], 'groups', []],
  ])('%s', async (_, claims, rolesClaim, roles) => {
    expect((await whoIs(signedIn(iss, aud, sub, ...claims), { rolesClaim })).roles).toEqual(roles);
  });
});

test.each<[string, Record<string, string>]>([
  ['another issuer', signedIn(['iss', 'https://evil.example'], aud, sub, agent)],
  ['no issuer, as of providers that are not OpenID Connect', signedIn(aud, sub, agent)],
  ['two issuers', signedIn(iss, ['iss', 'https://other.example'], aud, sub, agent)],
  ['another audience', signedIn(iss, ['aud', 'another'], sub, agent)],
  ['no subject', signedIn(iss, aud, agent)],
  ['two subjects', signedIn(iss, aud, sub, ['sub', 'bob'], agent)],
  ['the form of Static Web Apps', { 'x-ms-client-principal': btoa('{"userId":"ann","userRoles":["admin"]}') }],
  ['no JSON', { 'x-ms-client-principal': btoa('{') }],
  ['no base64', { 'x-ms-client-principal': '{"claims":[]}' }],
  ['two headers, as they arrive joined', { 'x-ms-client-principal': `${principalOf([iss, aud, sub])}, e30=` }],
  ['more than any header', { 'x-ms-client-principal': principalOf([iss, aud, sub, ['x', 'a'.repeat(30_000)]]) }],
  ['only an id and a name', { 'x-ms-client-principal-id': 'ann', 'x-ms-client-principal-name': 'Ann' }],
])('a principal with %s is nobody', async (_, headers) => {
  expect(await codeOf(whoIs(headers))).toBe('unauthenticated');
});

test('a token decides alone, also where it is not valid and the platform would vouch', async () => {
  const both = { ...signedIn(iss, aud, sub, agent), authorization: 'Bearer x' };
  expect(await codeOf(whoIs(both))).toBe('unauthenticated');
});

test.each([
  ['same-origin', 'let in'],
  ['none', 'let in'],
  ['same-site', 'unauthenticated'],
  ['cross-site', 'unauthenticated'],
  ['', 'unauthenticated'],
])('the platform’s session is used from a page that the browser calls %j: %s', async (site, answer) => {
  expect(await codeOf(whoIs({ ...signedIn(iss, aud, sub), 'sec-fetch-site': site }))).toBe(answer);
});

test('a session outlasts the token that it began with', async () => {
  expect(await codeOf(whoIs(signedIn(iss, aud, sub, ['exp', '1'])))).toBe('let in');
});

test('where the platform is not to be believed, nobody looks at its header', async () => {
  expect(await codeOf(whoIs(signedIn(iss, aud, sub, agent), { platform: false }))).toBe('unauthenticated');
});
