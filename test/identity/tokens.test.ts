import { describe, expect, test } from 'vitest';
import { exchangeTeamsToken } from '../../shared/identity/exchangeTeamsToken.ts';
import { forgetIdentity } from '../../shared/identity/forgetIdentity.ts';
import { issueToken } from '../../shared/identity/issueToken.ts';
import { userKeyOf } from '../../shared/identity/keys.ts';
import { revokeTokens } from '../../shared/identity/revokeTokens.ts';
import type { Scope } from '../../shared/identity/scopes.ts';
import { agent, anIdentityWorld, ann, annKey, conversationKey, now, settings } from './aUser.ts';

const hour = 3_600_000;
const asked = (scopes: readonly Scope[] = [], minutes = 60) => ({ caller: ann, scopes, minutes });
const self = { user: annKey, by: 'self' } as const;

test('a first token makes an identity, the next is of the same', async () => {
  const { services, provider } = anIdentityWorld();
  const first = await issueToken(asked(), services);
  expect(first).toEqual({
    user: annKey,
    userId: provider.live()[0],
    token: 'ey.token-1',
    expiresOn: now + hour,
    refreshAt: now + hour - 600_000,
    scopes: ['voip.join'],
  });
  const second = await issueToken(asked(['chat.join'], 1_440), services);
  expect(second.userId).toBe(first.userId);
  expect(provider.tokens().at(-1)).toMatchObject({ scopes: ['chat.join'], minutes: 1_440 });
});

test('another subject, and the same subject of another issuer, is somebody else', async () => {
  const { services } = anIdentityWorld();
  const people = [ann, agent, { ...ann, issuer: 'https://other.example' }];
  const told = await Promise.all(people.map((caller) => issueToken({ ...asked(), caller }, services)));
  expect(new Set(told.map(({ userId }) => userId)).size).toBe(3);
  expect(new Set(told.map(({ user }) => user)).size).toBe(3);
});

test('who asks for more than their roles allow gets nothing, and nothing is made', async () => {
  const { services, provider, table } = anIdentityWorld();
  await expect(issueToken(asked(['voip']), services)).rejects.toMatchObject({ code: 'scope-not-allowed' });
  expect([provider.made(), table.entities()]).toEqual([0, []]);
});

test('the limit holds for tokens and exchanges together, and deleting oneself gives no new ones', async () => {
  const { services, provider, time } = anIdentityWorld({ tokensPerHour: 2 });
  await issueToken(asked(), services);
  await exchangeTeamsToken({ caller: { ...ann, objectId }, teamsUserToken: teamsToken(objectId) }, services);
  await forgetIdentity(self, services);
  time.now += 1_800_000;
  const refused = { code: 'token-limit', retryAfter: 1_800 };
  await expect(issueToken(asked(), services)).rejects.toMatchObject(refused);
  expect(provider.made()).toBe(1);
  time.now += 1_800_000;
  expect((await issueToken(asked(), services)).userId).toBe(provider.live()[0]);
});

test('revoking leaves the identity, deleting does not; both may be done again', async () => {
  const { services, provider } = anIdentityWorld();
  const { userId } = await issueToken(asked(), services);
  for (const _ of [1, 2]) await revokeTokens(self, services);
  expect([provider.tokens(), provider.live()]).toEqual([[], [userId]]);
  for (const _ of [1, 2]) await forgetIdentity(self, services);
  expect(provider.live()).toEqual([]);
  expect((await issueToken(asked(), services)).userId).not.toBe(userId);
});

test('what is stored is the identity and instants: no token, no name', async () => {
  const { services, table } = anIdentityWorld();
  const { userId } = await issueToken(asked(), services);
  expect(table.entities()).toMatchObject([
    { partition: annKey, row: 'identity', columns: { identity: userId, issued: String(now) } },
  ]);
  expect(JSON.stringify(table.entities())).not.toMatch(/ey\.|ann@|issuer/);
});

test('an identity that the provider keeps losing is given up after one replacement', async () => {
  const { services, provider } = anIdentityWorld();
  const losing = { ...services, provider: { ...provider, issueToken: async () => undefined } };
  await expect(issueToken(asked(), losing)).rejects.toMatchObject({ code: 'unavailable' });
  expect(provider.made()).toBe(2);
});

const objectId = '0a1b2c3d-1111-4222-8333-444455556666';
const teamsToken = (oid?: string) =>
  `ey.${Buffer.from(JSON.stringify({ oid, scp: 'Teams' })).toString('base64url')}.sig`;

describe('a Teams user’s token', () => {
  const teams = { ...ann, objectId };

  test('is exchanged for the caller, under the app that is set', async () => {
    const { services, provider } = anIdentityWorld();
    const exchanges: unknown[] = [];
    const exchangeTeamsTokenAt: typeof provider.exchangeTeamsToken = (exchange) => {
      exchanges.push(exchange);
      return provider.exchangeTeamsToken(exchange);
    };
    const watched = { ...services, provider: { ...provider, exchangeTeamsToken: exchangeTeamsTokenAt } };
    const teamsUserToken = teamsToken(objectId.toUpperCase());
    const told = await exchangeTeamsToken({ caller: teams, teamsUserToken }, watched);
    expect(told).toMatchObject({ user: annKey, token: 'ey.teams-1', refreshAt: now + hour - 600_000 });
    expect(exchanges).toEqual([{ teamsUserToken, clientId: settings.teamsClientId, objectId }]);
  });

  test.each([
    ['somebody else’s', teams, teamsToken('99999999-1111-4222-8333-444455556666'), 'forbidden'],
    ['one about nobody', teams, teamsToken(), 'forbidden'],
    ['no token at all', teams, 'nonsense', 'forbidden'],
    ['one for a caller without an oid', ann, teamsToken(objectId), 'forbidden'],
  ])('is refused: %s', async (_, caller, teamsUserToken, code) => {
    const { services, table } = anIdentityWorld();
    await expect(exchangeTeamsToken({ caller, teamsUserToken }, services)).rejects.toMatchObject({ code });
    expect(table.entities()).toEqual([]);
  });

  test('is not exchanged where that is off', async () => {
    const { services } = anIdentityWorld({ teamsClientId: undefined });
    const request = { caller: teams, teamsUserToken: teamsToken(objectId) };
    await expect(exchangeTeamsToken(request, services)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('TEAMS_CLIENT_ID'),
    });
  });
});

test('every deed leaves one line of who did what to whom and how it ended, and no secret', async () => {
  const { services, provider, logged } = anIdentityWorld({ tokensPerHour: 2 });
  const admin = userKeyOf(conversationKey, agent);
  const teams = { ...ann, objectId };
  await issueToken(asked(['chat.join']), services);
  await exchangeTeamsToken({ caller: teams, teamsUserToken: teamsToken(objectId) }, services);
  await issueToken(asked(), services).catch(() => {});
  await revokeTokens({ user: annKey, by: admin }, services);
  const failing = { ...services, provider: { ...provider, deleteUser: () => Promise.reject(new Error('ey.token-1')) } };
  await forgetIdentity(self, failing).catch(() => {});
  await forgetIdentity({ user: annKey, by: admin }, services);
  const line = { event: 'identity.audit', user: annKey, by: 'self', result: 'done' };
  expect(logged).toEqual([
    { ...line, what: 'issue', scopes: 'chat.join', minutes: 60 },
    { ...line, what: 'exchange' },
    { ...line, what: 'issue', scopes: '', minutes: 60, result: 'token-limit' },
    { ...line, what: 'revoke', by: admin },
    { ...line, what: 'delete', result: 'internal' },
    { ...line, what: 'delete', by: admin },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/ey\.|ann@|agent@|8:acs|issuer|0a1b2c3d/);
});

test('a spare that cannot be deleted is named in the log, and the token is given all the same', async () => {
  const { services, provider, logged } = anIdentityWorld();
  const [one, other] = [0, 1].map(() => ({
    ...services,
    provider: { ...provider, deleteUser: () => Promise.reject(new Error('down')) },
  }));
  const told = await Promise.all([issueToken(asked(), one!), issueToken(asked(), other!)]);
  expect(told[0]?.userId).toBe(told[1]?.userId);
  const spare = provider.live().find((id) => id !== told[0]?.userId);
  expect(logged).toContainEqual({ event: 'identity.orphaned', user: annKey, identity: spare });
});
