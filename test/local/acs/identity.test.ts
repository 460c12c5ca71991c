import { AzureCommunicationTokenCredential } from '@azure/communication-common';
import { CommunicationIdentityClient, type CommunicationIdentityClientOptions } from '@azure/communication-identity';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localResource } from '../../../local/acs/connection.ts';
import { anAcs, type TestAcs } from './anAcs.ts';

const minute = 60_000;
const anId = /^8:acs:[0-9a-f-]{36}_[0-9a-f-]{36}$/;
const foreign = `8:acs:11111111-1111-4111-8111-111111111111_22222222-2222-4222-8222-222222222222`;
const never = `8:acs:${localResource}_22222222-2222-4222-8222-222222222222`;
const [appId, userId] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];

let acs: TestAcs;
beforeEach(async () => {
  acs = await anAcs();
});
afterEach(() => acs.close());

const client = (options: CommunicationIdentityClientOptions & { readonly apiVersion?: string } = {}) =>
  new CommunicationIdentityClient(acs.connectionString, { allowInsecureConnection: true, ...options } as never);

async function admin(path: string, body?: object) {
  const init = body && { method: 'POST', body: JSON.stringify(body) };
  return (await fetch(`${acs.url}/admin${path}`, init)).json() as Promise<never>;
}

interface Listed {
  readonly id: string;
  readonly deletedAt?: string;
  readonly tokens: readonly { readonly id: string; readonly state: string; readonly scopes: readonly string[] }[];
}
const listed = async () => ((await admin('/identities')) as { identities: readonly Listed[] }).identities;
const check = async (token: string) => ((await admin('/tokens/check', { token })) as { state: string }).state;

/** A token as Entra would give it to somebody of Teams. */
const teamsToken = (claims: object = {}, lives = 30 * minute) =>
  new UnsecuredJWT({ oid: userId, appid: appId, ...claims })
    .setExpirationTime(Math.floor((acs.timers.now() + lives) / 1_000))
    .encode();

describe('with the SDK', () => {
  test('an identity is made, of our resource', async () => {
    const user = await client().createUser();
    expect(user.communicationUserId).toMatch(anId);
    expect(user.communicationUserId).toContain(localResource);
    expect(await listed()).toMatchObject([{ id: user.communicationUserId, tokens: [] }]);
  });

  test('an identity and its token are made at once', async () => {
    const { user, token, expiresOn } = await client().createUserAndToken(['chat', 'voip'], {
      tokenExpiresInMinutes: 60,
    });
    expect(Math.round((expiresOn.getTime() - acs.timers.now()) / minute)).toBe(60);
    const [found] = await listed();
    expect(found).toMatchObject({
      id: user.communicationUserId,
      tokens: [{ scopes: ['chat', 'voip'], state: 'valid' }],
    });
    expect(JSON.stringify(await listed())).not.toContain(token);
  });

  test('a token is shaped and signed as the service’s are, and taken by the credential of its SDKs', async () => {
    const user = await client().createUser();
    const { token, expiresOn } = await client().getToken(user, ['voip.join']);
    const { protectedHeader, payload } = await jwtVerify(token, createLocalJWKSet(await admin('/tokens/keys')), {
      algorithms: ['RS256'],
      currentDate: new Date(acs.timers.now()),
    });
    const { kid = '', x5t = '' } = protectedHeader;
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.stringMatching(/^[0-9A-F]{40}$/) });
    expect(Buffer.from(kid, 'hex').toString('base64url')).toBe(x5t);
    expect(payload).toMatchObject({
      skypeid: user.communicationUserId.replace('8:', ''),
      scp: 1792,
      csi: String(payload.iat),
      acsScope: 'voip.join',
      resourceId: localResource,
      exp: expiresOn.getTime() / 1_000,
    });
    const known = await new AzureCommunicationTokenCredential(token).getToken();
    expect(known).toMatchObject({ token, expiresOnTimestamp: expiresOn.getTime() });
  });

  test('a token lives for a day unless another life is asked for', async () => {
    const { token } = await client().createUserAndToken(['chat']);
    const { exp = 0, iat = 0 } = decodeJwt(token);
    expect(exp - iat).toBe(86_400);
  });

  test('two tokens of one second are two', async () => {
    const user = await client().createUser();
    const [one, two] = [await client().getToken(user, ['chat']), await client().getToken(user, ['chat'])];
    expect(one.token).not.toBe(two.token);
  });

  test('revoking ends every token so far, and none after', async () => {
    const { user, token: before } = await client().createUserAndToken(['chat']);
    const { token: other } = await client().createUserAndToken(['chat']);
    await client().revokeTokens(user);
    const { token: after } = await client().getToken(user, ['chat']);
    expect([await check(before), await check(other), await check(after)]).toEqual(['revoked', 'valid', 'valid']);
  });

  test('deleting ends the identity, and may be repeated', async () => {
    const { user, token } = await client().createUserAndToken(['chat']);
    await client().deleteUser(user);
    await client().deleteUser(user);
    expect(await check(token)).toBe('identity-deleted');
    expect(await listed()).toMatchObject([{ deletedAt: new Date(acs.timers.now()).toISOString() }]);
    await expect(client().getToken(user, ['chat'])).rejects.toMatchObject({
      statusCode: 404,
      code: 'IdentityNotFound',
    });
    await expect(client().revokeTokens(user)).rejects.toMatchObject({ statusCode: 404 });
    acs.dials.change({ switches: { goneIdentity: 'notOwned' } });
    await expect(client().getToken(user, ['chat'])).rejects.toMatchObject({
      statusCode: 401,
      code: 'IdentityNotOwned',
    });
  });

  test('a token ends with its time', async () => {
    const { token, expiresOn } = await client().createUserAndToken(['chat'], { tokenExpiresInMinutes: 60 });
    acs.timers.advance(expiresOn.getTime() - acs.timers.now() - 1);
    expect(await check(token)).toBe('valid');
    acs.timers.advance(1);
    expect(await check(token)).toBe('expired');
  });

  test('a token of nobody is unknown, however well it is made', async () => {
    const { token } = await client().createUserAndToken(['chat']);
    const claims = decodeJwt(token);
    const forged = await new SignJWT(claims)
      .setProtectedHeader(decodeProtectedHeader(token) as never)
      .sign((await import('jose').then(({ generateKeyPair }) => generateKeyPair('RS256'))).privateKey);
    expect([await check(forged), await check('nonsense')]).toEqual(['unknown', 'unknown']);
  });

  test('somebody of Teams gets a token that ends with theirs', async () => {
    const teamsUserAadToken = teamsToken();
    const given = await client().getTokenForTeamsUser({ teamsUserAadToken, clientId: appId, userObjectId: userId });
    expect(given.expiresOn.getTime() / 1_000).toBe(decodeJwt(teamsUserAadToken).exp);
    expect(decodeJwt(given.token)['skypeid']).toBe(`orgid:${userId}`);
    expect(await listed()).toMatchObject([{ id: `8:orgid:${userId}`, tokens: [{ state: 'valid' }] }]);
  });

  test('whatever API version is asked for', async () => {
    expect((await client({ apiVersion: '2099-01-01' }).createUser()).communicationUserId).toMatch(anId);
  });
});

const issuing = (scopes: readonly unknown[], minutes?: number) => async () => {
  const user = await client().createUser();
  const options = minutes === undefined ? {} : { tokenExpiresInMinutes: minutes };
  return client().getToken(user, scopes as never, options);
};
const exchanging =
  (token: () => string, fields: object = {}) =>
  () =>
    client().getTokenForTeamsUser({ teamsUserAadToken: token(), clientId: appId, userObjectId: userId, ...fields });
const interval = 'is invalid. Value must be within the [60, 1440] interval.';

describe('the service refuses, in its own words,', () => {
  test.each<[string, () => Promise<unknown>, number, string, string]>([
    ['no scopes', issuing([]), 400, 'ValidationError', 'Scopes: The Scopes field is required.'],
    ['a scope there is not', issuing(['chat', 'sms']), 400, 'ValidationError', 'Scopes value "sms" is invalid.'],
    ['59 minutes', issuing(['chat'], 59), 400, 'ValidationError', `ExpiresInMinutes value 59 ${interval}`],
    ['1,441 minutes', issuing(['chat'], 1_441), 400, 'ValidationError', `ExpiresInMinutes value 1441 ${interval}`],
    ['half a minute more', issuing(['chat'], 60.5), 400, 'ValidationError', `ExpiresInMinutes value 60.5 ${interval}`],
    [
      'a user with a token of 59 minutes',
      () => client().createUserAndToken(['chat'], { tokenExpiresInMinutes: 59 }),
      400,
      'ValidationError',
      `ExpiresInMinutes value 59 ${interval}`,
    ],
    [
      'a life without scopes',
      () => client().createUserAndToken([], { tokenExpiresInMinutes: 60 }),
      400,
      'ValidationError',
      'CreateTokenWithScopes value is missing.',
    ],
    [
      'an identity of another resource',
      () => client().getToken({ communicationUserId: foreign }, ['chat']),
      401,
      'IdentityNotOwned',
      "Provided identity doesn't belong to the resource.",
    ],
    ['to revoke for it', () => client().revokeTokens({ communicationUserId: foreign }), 401, 'IdentityNotOwned', ''],
    ['to delete it', () => client().deleteUser({ communicationUserId: foreign }), 401, 'IdentityNotOwned', ''],
    [
      'an identity that never was',
      () => client().deleteUser({ communicationUserId: never }),
      404,
      'IdentityNotFound',
      '',
    ],
    ['no identity at all', () => client().revokeTokens({ communicationUserId: 'me' }), 401, 'IdentityNotOwned', ''],
    [
      'a Teams token that is none',
      exchanging(() => 'no token'),
      401,
      'InvalidAccessToken',
      'Provided access token is not valid.',
    ],
    ['an empty one', exchanging(() => ''), 401, 'InvalidAccessToken', ''],
    ['an expired one', exchanging(() => teamsToken({}, -minute)), 401, 'InvalidAccessToken', ''],
    [
      'one of somebody else',
      exchanging(() => teamsToken({ oid: appId })),
      400,
      'ValidationError',
      'Provided AAD token issued for unexpected user.',
    ],
    [
      'one for another application',
      exchanging(() => teamsToken({ appid: userId })),
      400,
      'ValidationError',
      'application',
    ],
    [
      'no application',
      exchanging(teamsToken, { clientId: '' }),
      400,
      'ValidationError',
      'AppId: The AppId field is required.',
    ],
    [
      'no user',
      exchanging(teamsToken, { userObjectId: '' }),
      400,
      'ValidationError',
      'UserId: The UserId field is required.',
    ],
    [
      'a malformed user',
      exchanging(teamsToken, { userObjectId: 'me' }),
      400,
      'ValidationError',
      'Provided UserId has invalid format.',
    ],
  ])('%s', async (_, call, statusCode, code, words) => {
    await expect(call()).rejects.toMatchObject({ statusCode, code, message: expect.stringContaining(words) });
    expect((await listed()).flatMap(({ tokens }) => tokens)).toEqual([]);
  });

  test('a refused user with a token is no user either', async () => {
    await expect(client().createUserAndToken(['sms' as never])).rejects.toMatchObject({ statusCode: 400 });
    expect(await listed()).toEqual([]);
  });

  test('a wrong key', async () => {
    const other = acs.connectionString.replace(/accesskey=.*/, `accesskey=${btoa('another key')}`);
    const stranger = new CommunicationIdentityClient(other, { allowInsecureConnection: true });
    await expect(stranger.createUser()).rejects.toMatchObject({ statusCode: 401, code: 'Denied' });
    expect(acs.log).toEqual([{ event: 'acs.denied', reason: 'the signature is wrong' }]);
  });
});
