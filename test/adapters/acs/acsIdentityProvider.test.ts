import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acsIdentityProvider } from '../../../shared/adapters/acs/acsIdentityProvider.ts';
import type { UserId } from '../../../shared/identity/identityProvider.ts';
import { anAcs, type TestAcs } from '../../local/acs/anAcs.ts';
import { inPlaceOfAcs } from './inPlaceOfAcs.ts';

const clock = { now: Date.now };
const wish = { scopes: ['voip.join', 'chat'], minutes: 60 } as const;
const somebody = '8:acs:0_1' as UserId;

let acs: TestAcs;
beforeEach(async () => {
  acs = await anAcs();
});
afterEach(() => acs.close());

const provider = (connectionString = acs.connectionString, deadlineMs = 5_000) =>
  acsIdentityProvider({ connection: { connectionString }, clock, deadlineMs });

interface Listed {
  readonly id: string;
  readonly deletedAt?: string;
  readonly tokens: readonly { readonly scopes: readonly string[]; readonly state: string }[];
}
const listed = async (): Promise<readonly Listed[]> =>
  ((await (await fetch(`${acs.url}/admin/identities`)).json()) as { identities: readonly Listed[] }).identities;

test('an identity is made, and tokens of it are issued as they are wished', async () => {
  const user = await provider().createUser();
  const token = await provider().issueToken(user, wish);
  expect(user).toMatch(/^8:acs:/);
  expect(Math.round(((token?.expiresOn ?? 0) - acs.timers.now()) / 60_000)).toBe(60);
  expect(await listed()).toMatchObject([{ id: user, tokens: [{ scopes: wish.scopes, state: 'valid' }] }]);
});

test('revoking and deleting reach the tokens; doing it again is no error', async () => {
  const user = await provider().createUser();
  await provider().issueToken(user, wish);
  for (const _ of [1, 2]) await provider().revokeTokens(user);
  expect(await listed()).toMatchObject([{ tokens: [{ state: 'revoked' }] }]);
  for (const _ of [1, 2]) await provider().deleteUser(user);
  expect(await listed()).toMatchObject([{ deletedAt: expect.any(String) }]);
});

test.each(['notFound', 'notOwned'] as const)(
  'an identity that is gone is told apart from failure: %s',
  async (goneIdentity) => {
    acs.dials.change({ switches: { goneIdentity } });
    const user = await provider().createUser();
    await provider().deleteUser(user);
    expect(await provider().issueToken(user, wish)).toBeUndefined();
    await provider().revokeTokens(user);
  },
);

test('a Teams user’s token is exchanged, and a refusal is the caller’s affair', async () => {
  const [clientId, objectId] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];
  const ends = Math.floor(acs.timers.now() / 1_000) + 1_800;
  const teamsUserToken = new UnsecuredJWT({ oid: objectId, appid: clientId }).setExpirationTime(ends).encode();
  const exchanged = await provider().exchangeTeamsToken({ teamsUserToken, clientId, objectId });
  expect(exchanged.expiresOn).toBe(ends * 1_000);
  for (const wrong of [{ teamsUserToken: 'nonsense' }, { objectId: clientId }, { clientId: objectId }])
    await expect(provider().exchangeTeamsToken({ teamsUserToken, clientId, objectId, ...wrong })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
});

test('a throttled request waits as long as the service says, and is not repeated', async () => {
  const { asked, connectionString } = await inPlaceOfAcs((_, response) =>
    response.writeHead(429, { 'retry-after': '17' }).end('{}'),
  );
  await expect(provider(connectionString).issueToken(somebody, wish)).rejects.toMatchObject({
    code: 'unavailable',
    retryAfter: 17,
  });
  expect(asked).toHaveLength(1);
});

test('what may be repeated is, once; a user is created once only, since each try may make one', async () => {
  const { asked, connectionString } = await inPlaceOfAcs((_, response) => response.writeHead(500).end());
  for (const act of ['issueToken', 'revokeTokens', 'deleteUser', 'createUser'] as const) {
    asked.length = 0;
    await expect(provider(connectionString)[act](somebody, wish)).rejects.toMatchObject({ code: 'unavailable' });
    expect([act, asked.length]).toEqual([act, act === 'createUser' ? 1 : 2]);
  }
});

test('a lost answer to a creation leaves one identity, and not several', async () => {
  acs.dials.change({ identity: { lostAnswer: 1 } });
  await expect(provider().createUser()).rejects.toMatchObject({ code: 'unavailable' });
  expect(await listed()).toHaveLength(1);
});

test('a 404 that is not in the service’s words makes nobody lose their identity', async () => {
  const { connectionString } = await inPlaceOfAcs((_, response) =>
    response.writeHead(404).end('<html>not here</html>'),
  );
  await expect(provider(connectionString).issueToken(somebody, wish)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(provider(connectionString).deleteUser(somebody)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a rejected key is told as what it is', async () => {
  const wrong = acs.connectionString.replace(/accesskey=.*/, `accesskey=${Buffer.from('wrong').toString('base64')}`);
  await expect(provider(wrong).createUser()).rejects.toMatchObject({
    code: 'unavailable',
    message: 'Communication Services did not make an identity: it refuses our key or identity (401).',
  });
});

test('an answer that does not come within the deadline, or nobody there, is a failure', async () => {
  const { connectionString } = await inPlaceOfAcs(() => {});
  await expect(provider(connectionString, 50).issueToken(somebody, wish)).rejects.toThrow('no answer came in time');
  await expect(
    provider('endpoint=http://127.0.0.1:9/;accesskey=a2V5').issueToken(somebody, wish),
  ).rejects.toMatchObject({ code: 'unavailable' });
});
