import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Oidc, startOidc } from '../../../local/oidc.ts';
import { anAcs } from '../acs/anAcs.ts';

let oidc: Oidc;
beforeEach(async () => {
  oidc = await startOidc({ port: 0, audience: 'switchboard' });
});
afterEach(() => oidc.close());

const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(oidc.issuer + path, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};
const kids = async () => ((await get('/jwks')).body['keys'] as { kid: string }[]).map(({ kid }) => kid);

describe('the discovery document', () => {
  test('names what there is', async () => {
    const { body } = await get('/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: oidc.issuer,
      authorization_endpoint: `${oidc.issuer}/authorize`,
      token_endpoint: `${oidc.issuer}/token`,
      end_session_endpoint: `${oidc.issuer}/endsession`,
      userinfo_endpoint: `${oidc.issuer}/userinfo`,
      jwks_uri: `${oidc.issuer}/jwks`,
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
    });
  });

  test('names nothing that there is not', async () => {
    const { body } = await get('/.well-known/openid-configuration');
    const addresses = Object.entries(body).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(addresses).toHaveLength(5);
    for (const [, address] of addresses) {
      const answers = [await fetch(String(address)), await fetch(String(address), { method: 'POST' })];
      expect(answers.some(({ status }) => status !== 404)).toBe(true);
    }
  });
});

test.each(['/.well-known/openid-configuration', '/jwks', '/token', '/userinfo'])(
  'a page of any origin may call %s',
  async (path) => {
    const headers = {
      origin: 'http://127.0.0.1:7071',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const asked = await fetch(oidc.issuer + path, { method: 'OPTIONS', headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/authorization.*content-type/);
    const method = path === '/token' ? 'POST' : 'GET';
    const answered = await fetch(oidc.issuer + path, { method, headers: { origin: headers.origin } });
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
  },
);

describe('who somebody is', () => {
  test('is told for their token', async () => {
    const headers = { authorization: `Bearer ${await oidc.token({ person: 'admin' })}` };
    const { status, body } = await get('/userinfo', { headers });
    expect({ status, body }).toEqual({
      status: 200,
      body: { sub: 'admin@example.com', name: 'Ada Admin', roles: ['agent', 'admin'] },
    });
  });

  test.each([
    ['none', () => undefined],
    ['one that is none', () => 'Bearer a.b.c'],
    ['an expired one', async () => `Bearer ${await oidc.token({ person: 'admin', expiresIn: -60 })}`],
  ])('is not told for %s', async (_, authorization) => {
    const value = await authorization();
    const { status, headers } = await get('/userinfo', {
      headers: value === undefined ? {} : { authorization: value },
    });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('invalid_token');
  });
});

describe('a new key', () => {
  const verify = async (token: string) =>
    (await jwtVerify(token, createRemoteJWKSet(new URL(`${oidc.issuer}/jwks`)), { issuer: oidc.issuer })).payload.sub;

  test('signs every token from then on, beside the old one', async () => {
    const before = await oidc.token({ person: 'agent' });
    const { kid, published } = await oidc.rotate(false);
    const after = [await oidc.token({ person: 'agent' }), await oidc.token({ person: 'agent' })];
    expect(after.map((token) => decodeProtectedHeader(token).kid)).toEqual([kid, kid]);
    expect(await kids()).toEqual(published);
    expect(published).toEqual([decodeProtectedHeader(before).kid, kid]);
    for (const token of [before, ...after]) expect(await verify(token)).toBe('agent@example.com');
  });

  test('can take the place of the old ones, whose tokens end', async () => {
    const before = await oidc.token({ person: 'agent' });
    await oidc.rotate(false);
    const { kid, published } = await oidc.rotate(true);
    expect(published).toEqual([kid]);
    expect(await kids()).toEqual([kid]);
    await expect(verify(before)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(await verify(await oidc.token({ person: 'agent' }))).toBe('agent@example.com');
  });

  test('is published without its private half', async () => {
    await oidc.rotate(false);
    const keys = (await get('/jwks')).body['keys'] as object[];
    for (const key of [...keys, ...oidc.keys().keys])
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n']);
  });

  test.each([
    ['{}', 2],
    ['{"forget":true}', 1],
  ])('comes from the control surface with %s', async (body, known) => {
    const acs = await anAcs({ signIn: oidc });
    const response = await fetch(`${acs.url}/admin/sign-in/keys`, { method: 'POST', body });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ kid: expect.any(String), published: await kids() });
    expect(await kids()).toHaveLength(known);
    const refused = await fetch(`${acs.url}/admin/sign-in/keys`, { method: 'POST', body: '{"drop":true}' });
    expect(refused.status).toBe(400);
    await acs.close();
  });
});
