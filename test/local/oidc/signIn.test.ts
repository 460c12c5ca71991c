import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Oidc, startOidc } from '../../../local/oidc.ts';
import { aBrowser, aVerifier, cameBack, redirectUri } from './aBrowser.ts';

const audience = 'switchboard';
let now = 0;
let oidc: Oidc;
beforeAll(async () => {
  oidc = await startOidc({ port: 0, audience, now: () => now });
});
afterAll(() => oidc.close());

const claimsOf = async (token: string | undefined, aud: string) => {
  const keys = createRemoteJWKSet(new URL(`${oidc.issuer}/jwks`));
  return (await jwtVerify(token ?? '', keys, { issuer: oidc.issuer, audience: aud, algorithms: ['RS256'] })).payload;
};

describe('signing in', () => {
  test('leads back with a code and the state, and the code becomes tokens', async () => {
    const { pick, redeem } = aBrowser(oidc);
    const { code, ...rest } = cameBack(await pick({ person: 'agent2' }));
    expect(rest).toEqual({ state: 'a state', iss: oidc.issuer });
    const { status, headers, body } = await redeem(code ?? '');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, scope: 'openid offline_access' });
    const who = { sub: 'agent2@example.com', name: 'Bo Agent', roles: ['agent'] };
    expect(await claimsOf(body['access_token'], audience)).toMatchObject(who);
    expect(await claimsOf(body['id_token'], 'console')).toMatchObject({ ...who, nonce: 'a nonce' });
  });

  test.each([
    ['agent', ['agent']],
    ['admin', ['agent', 'admin']],
    ['guest', []],
  ])('gives %s roles %j', async (person, roles) => {
    const { access_token } = await aBrowser(oidc).signIn(person);
    expect(await claimsOf(access_token, audience)).toMatchObject({ sub: `${person}@example.com`, roles });
  });

  test('gives no id token and no refresh token to who asks for none', async () => {
    const body = await aBrowser(oidc).signIn('agent', { scope: undefined });
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope']);
  });

  test('gives a token for the API that a scope names, as Entra does', async () => {
    const { access_token } = await aBrowser(oidc).signIn('agent', { scope: 'openid api://other/.default' });
    expect(await claimsOf(access_token, 'api://other')).toMatchObject({ sub: 'agent@example.com' });
  });

  test('keeps the query of the address it leads back to', async () => {
    const response = await aBrowser(oidc).pick({ person: 'agent' }, { redirect_uri: `${redirectUri}?tab=inbox` });
    expect(cameBack(response)).toMatchObject({ tab: 'inbox', code: expect.any(String) });
  });

  test('leads back to an app', async () => {
    const response = await aBrowser(oidc).pick({ person: 'agent' }, { redirect_uri: 'com.example.app:/signed-in' });
    expect(response.headers.get('location')).toMatch(/^com\.example\.app:\/signed-in\?code=/);
  });
});

describe('a code', () => {
  const refused = { status: 400, body: { error: 'invalid_grant', error_description: expect.any(String) } };

  test.each([
    ['another verifier', { code_verifier: aVerifier().verifier }],
    ['no verifier', { code_verifier: undefined }],
    ['the challenge for a verifier', { code_verifier: aVerifier('a'.repeat(43)).challenge }],
    ['another redirect_uri', { redirect_uri: `${redirectUri}/` }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['another client', { client_id: 'native' }],
  ])('with %s is refused, and used up', async (_, changed) => {
    const { codeFor, redeem } = aBrowser(oidc, aVerifier('a'.repeat(43)));
    const code = await codeFor('agent');
    expect(await redeem(code, changed)).toMatchObject(refused);
    expect(await redeem(code)).toMatchObject(refused);
  });

  test('is good once', async () => {
    const { codeFor, redeem } = aBrowser(oidc);
    const code = await codeFor('agent');
    expect(await redeem(code)).toMatchObject({ status: 200 });
    expect(await redeem(code)).toMatchObject(refused);
  });

  test('is good for a minute', async () => {
    const { codeFor, redeem } = aBrowser(oidc);
    const [first, second] = [await codeFor('agent'), await codeFor('agent')];
    now += 59_999;
    expect(await redeem(first)).toMatchObject({ status: 200 });
    now += 1;
    expect(await redeem(second)).toMatchObject(refused);
  });

  test('that nobody was given is refused', async () => {
    expect(await aBrowser(oidc).redeem('any')).toMatchObject(refused);
  });

  test('is challenged as RFC 7636, appendix B, has it', () => {
    const { challenge } = aVerifier('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    expect(challenge).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });
});

describe('a refresh token', () => {
  const refused = { status: 400, body: { error: 'invalid_grant' } };

  test('gives new tokens, and the next refresh token', async () => {
    const { signIn, refresh } = aBrowser(oidc);
    const { refresh_token: first = '' } = await signIn('agent2');
    const { status, body } = await refresh(first);
    expect(status).toBe(200);
    expect(await claimsOf(body['access_token'], audience)).toMatchObject({ sub: 'agent2@example.com' });
    expect(await refresh(first)).toMatchObject(refused);
    expect(await refresh(body['refresh_token'] ?? '')).toMatchObject({ status: 200 });
  });

  test('is good for its client, and for a day', async () => {
    const { signIn, refresh } = aBrowser(oidc);
    const [one, two] = [await signIn('agent'), await signIn('agent')];
    expect(await refresh(one['refresh_token'] ?? '', { client_id: 'native' })).toMatchObject(refused);
    now += 86_400_000;
    expect(await refresh(two['refresh_token'] ?? '')).toMatchObject(refused);
  });
});

describe('nobody is asked', () => {
  test.each(['agent2', 'agent2@example.com'])('with prompt=none and the hint %s', async (login_hint) => {
    const { authorize, redeem } = aBrowser(oidc);
    const { code } = cameBack(await authorize({ prompt: 'none', login_hint }));
    const { body } = await redeem(code ?? '');
    expect(await claimsOf(body['access_token'], audience)).toMatchObject({ sub: 'agent2@example.com' });
  });

  test.each([undefined, 'nobody', 'constructor'])(
    'and nobody signed in, with prompt=none and the hint %s',
    async (login_hint) => {
      const answer = cameBack(await aBrowser(oidc).authorize({ prompt: 'none', login_hint }));
      expect(answer).toEqual({ error: 'login_required', state: 'a state', iss: oidc.issuer });
    },
  );
});

describe('the client is told', () => {
  test.each([
    ['of another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['that PKCE is missing', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['that plain PKCE will not do', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['that a method must be named', { code_challenge_method: undefined }, 'invalid_request'],
    ['that a challenge is no SHA-256', { code_challenge: 'short' }, 'invalid_request'],
  ])('%s', async (_, changed, error) => {
    const { authorize, pick } = aBrowser(oidc);
    for (const response of [await authorize(changed), await pick({ person: 'agent' }, changed)])
      expect(cameBack(response)).toMatchObject({ error, error_description: expect.any(String), state: 'a state' });
  });

  test.each([{ cancel: 'yes' }, { cancel: 'yes', person: 'agent' }, { person: 'nobody' }, {}])(
    'that %j is nobody who signs in',
    async (form) => {
      expect(cameBack(await aBrowser(oidc).pick(form))).toMatchObject({ error: 'access_denied', state: 'a state' });
    },
  );

  test('of another grant type', async () => {
    const body = new URLSearchParams({ grant_type: 'implicit' });
    const response = await fetch(`${oidc.issuer}/token`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });
});
