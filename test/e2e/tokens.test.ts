import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countWire, type WireCounter } from '../support/wireCounter.ts';
import { aWorld, type TestWorld } from '../support/world.ts';

type Endpoint = 'storage' | 'acs';

let world: TestWorld;
let wire: WireCounter<Endpoint>;

/** The shipped app over Azurite and the ACS wire, with a counter before both. */
beforeAll(async () => {
  world = await aWorld({
    environment: { TOKENS_PER_HOUR: '60' },
    async reroute(places) {
      const table = /TableEndpoint=(http:\/\/[^/]+)/.exec(places.storage)?.[1] ?? '';
      const acs = /endpoint=(http:\/\/[^/]+)/.exec(places.acs)?.[1] ?? '';
      wire = await countWire<Endpoint>({ storage: table, acs });
      const storage = places.storage.replace(table, wire.urls.storage);
      return { ...places, storage, acs: places.acs.replace(acs, wire.urls.acs) };
    },
  });
});
afterAll(async () => {
  await world.close();
  await wire.close();
});

let next = 0;
let subject = '';
beforeEach(() => {
  next += 1;
  subject = `user-${next}@canary.example`;
});

interface Answer {
  readonly user: string;
  readonly userId: string;
  readonly token: string;
  readonly code: string;
  readonly detail: string;
  readonly scopes: readonly string[];
  readonly expiresOn: string;
  readonly refreshAt: string;
}

async function call(method: string, path: string, { body, as }: { body?: object; as?: string[] } = {}) {
  const bearer = await world.oidc.token(as ? { subject: 'admin@canary.example', roles: as } : { subject, roles: [] });
  const response = await fetch(`${world.functions?.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as Answer };
}

interface Listed {
  readonly id: string;
  readonly deletedAt?: string;
  readonly tokens: readonly { readonly state: string }[];
}
async function identities(): Promise<readonly Listed[]> {
  const response = await fetch(`${world.acs.url}/admin/identities`);
  return ((await response.json()) as { identities: readonly Listed[] }).identities;
}
const states = async (id: string) =>
  (await identities()).find((one) => one.id === id)?.tokens.map(({ state }) => state);

test('fifty first sign-ins at once make one identity', async () => {
  const before = (await identities()).length;
  const answers = await Promise.all(Array.from({ length: 50 }, () => call('POST', '/tokens', { body: {} })));
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  expect(new Set(answers.map(({ body }) => body.userId)).size).toBe(1);
  const made = (await identities()).slice(before);
  expect(made.filter(({ deletedAt }) => deletedAt === undefined)).toMatchObject([{ id: answers[0]?.body.userId }]);
  expect(made.filter(({ deletedAt, tokens }) => deletedAt !== undefined && tokens.length > 0)).toEqual([]);
});

test('a warm token costs two requests of storage and one of ACS', async () => {
  await call('POST', '/tokens', { body: {} });
  wire.clear();
  expect((await call('POST', '/tokens', { body: {} })).status).toBe(200);
  expect(wire.requests().map(({ to }) => to)).toEqual(['storage', 'storage', 'acs']);
});

test('a first token costs two of each, and no cache keeps it', async () => {
  wire.clear();
  const { headers, body } = await call('POST', '/tokens', { body: { scopes: ['chat.join'], expiresInMinutes: 90 } });
  expect(wire.requests().map(({ to }) => to)).toEqual(['storage', 'acs', 'storage', 'acs']);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body.scopes).toEqual(['chat.join']);
  const minutes = (from: string, to: number) => Math.round((Date.parse(from) - to) / 60_000);
  expect([minutes(body.expiresOn, Date.now()), minutes(body.expiresOn, Date.parse(body.refreshAt))]).toEqual([90, 10]);
});

test('who asks for more than their roles allow is told what is allowed; nobody names another user', async () => {
  const wide = await call('POST', '/tokens', { body: { scopes: ['voip'] } });
  expect(wide).toMatchObject({ status: 403, body: { code: 'scope-not-allowed' } });
  expect(wide.body.detail).toContain('Allowed: voip.join, chat.join');
  const named = await call('POST', '/tokens', { body: { userId: '8:acs:somebody', subject: 'admin' } });
  expect(named).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
  const agent = await call('POST', '/tokens', { body: { scopes: ['voip'] }, as: ['agent'] });
  expect(agent.status).toBe(200);
});

test('a user takes back tokens and identity, and may do so again', async () => {
  const { userId } = (await call('POST', '/tokens', { body: {} })).body;
  for (const _ of [1, 2]) expect((await call('DELETE', '/tokens')).status).toBe(204);
  expect(await states(userId)).toEqual(['revoked']);
  for (const _ of [1, 2]) expect((await call('DELETE', '/identity')).status).toBe(204);
  expect(await states(userId)).toEqual(['identity-deleted']);
  expect((await call('POST', '/tokens', { body: {} })).body.userId).not.toBe(userId);
});

test('an admin does the same for anybody, and nobody else does', async () => {
  const { user, userId } = (await call('POST', '/tokens', { body: {} })).body;
  expect((await call('DELETE', `/users/${user}/tokens`)).status).toBe(403);
  expect((await call('DELETE', `/users/${user}/identity`, { as: ['agent'] })).status).toBe(403);
  expect((await call('DELETE', `/users/${user}/tokens`, { as: ['admin'] })).status).toBe(204);
  expect(await states(userId)).toEqual(['revoked']);
  expect((await call('DELETE', `/users/${user}/identity`, { as: ['admin'] })).status).toBe(204);
  expect(await states(userId)).toEqual(['identity-deleted']);
});

test.each(['notFound', 'notOwned'])(
  'an identity that is deleted behind our back is replaced: %s',
  async (goneIdentity) => {
    world.dials.change({ switches: { goneIdentity } });
    const { userId } = (await call('POST', '/tokens', { body: {} })).body;
    const { CommunicationIdentityClient } = await import('@azure/communication-identity');
    const acs = new CommunicationIdentityClient(world.acs.connectionString, { allowInsecureConnection: true });
    await acs.deleteUser({ communicationUserId: userId });
    const again = await call('POST', '/tokens', { body: {} });
    expect([again.status, again.body.userId === userId]).toEqual([200, false]);
    world.dials.change({ switches: null });
  },
);

test('the limit holds, and says truly when there is room', async () => {
  for (let n = 0; n < 60; n++) await call('POST', '/tokens', { body: {} });
  const refused = await call('POST', '/tokens', { body: {} });
  expect(refused).toMatchObject({ status: 429, body: { code: 'token-limit' } });
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(3_500);
  expect(wait).toBeLessThanOrEqual(3_600);
});

test('ACS down is a 503 that says when to come again', async () => {
  world.dials.change({ identity: { status5xx: 1 } });
  const failed = await call('POST', '/tokens', { body: {} });
  expect(failed).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(failed.headers.get('retry-after')).toBe('30');
  world.dials.change({ identity: null });
});

test('servers come with credentials that end, under a pseudonym', async () => {
  const { user } = (await call('POST', '/tokens', { body: {} })).body;
  const { status, headers, body } = await call('GET', '/ice-servers');
  const told = body as unknown as { iceServers: { username: string }[]; expiresOn: string };
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(told.iceServers[0]?.username).toBe(`${Date.parse(told.expiresOn) / 1_000}:${user}`);
});

test('no log line tells a token or who somebody is', async () => {
  const { token, user } = (await call('POST', '/tokens', { body: {} })).body;
  await call('POST', '/tokens/teams', { body: { teamsUserToken: 'ey.canary.teams' } });
  await call('DELETE', '/identity');
  const log = JSON.stringify(world.logged);
  expect(log).toContain(user);
  for (const secret of [token, token.slice(-40), 'canary', '8:acs:']) expect(log).not.toContain(secret);
});
