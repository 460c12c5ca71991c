import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Oidc, startOidc } from '../../local/oidc.ts';

const audience = 'api://switchboard';

describe('the local issuer', () => {
  let oidc: Oidc;

  beforeAll(async () => {
    oidc = await startOidc({ port: 0, audience });
  });
  afterAll(() => oidc.close());

  const claimsOf = async (token: string) => {
    const discovery = await fetch(`${oidc.issuer}/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = (await discovery.json()) as { issuer: string; jwks_uri: string };
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer, audience });
    return payload;
  };

  /** What the README's curl line does. */
  const ask = (form: Readonly<Record<string, string>>) =>
    fetch(`${oidc.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });

  test('is reached, and names itself, by address', () => {
    expect(oidc.issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each([
    ['agent', ['agent']],
    ['admin', ['agent', 'admin']],
    ['guest', []],
  ])('gives %s a token with roles %j', async (person, roles) => {
    const claims = await claimsOf(await oidc.token({ person }));
    expect(claims).toMatchObject({ sub: `${person}@example.com`, roles });
  });

  test('gives a token to anybody in the process, with the roles and the life asked for', async () => {
    const claims = await claimsOf(await oidc.token({ subject: 'ada', roles: ['agent'], expiresIn: 60 }));
    expect(claims).toMatchObject({ sub: 'ada', roles: ['agent'] });
    expect(claims.exp! - claims.iat!).toBe(60);
  });

  test('can give one that has expired', async () => {
    const token = await oidc.token({ person: 'agent', expiresIn: -60 });
    await expect(claimsOf(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  test.each([
    { grant_type: 'client_credentials', client_id: 'agent' },
    { grant_type: 'password', username: 'agent', password: 'any' },
  ])('gives the agent a token over HTTP for %j', async (form) => {
    const { access_token } = (await (await ask(form)).json()) as { access_token: string };
    expect(await claimsOf(access_token)).toMatchObject({ sub: 'agent@example.com', roles: ['agent'] });
  });

  test.each(['nobody', 'constructor'])('says who there is when %s asks', async (client_id) => {
    const response = await ask({ grant_type: 'client_credentials', client_id });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('agent, agent2, admin, admin2, guest, guest2'),
    });
    expect(() => oidc.token({ person: client_id })).toThrow('Nobody here is called');
  });

  test('says which port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startOidc({ port, audience })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: `Port ${port} is in use by another program.`,
    });
    other.close();
  });
});
