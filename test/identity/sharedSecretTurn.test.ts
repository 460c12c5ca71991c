import { expect, test } from 'vitest';
import { iceServersFor } from '../../shared/identity/iceServers.ts';
import type { UserKey } from '../../shared/identity/keys.ts';
import { sharedSecretTurn } from '../../shared/identity/sharedSecretTurn.ts';

const user = 'kJ0mS3kQpXy-_2VbZr8TfA' as UserKey;
const secret = 'a-secret-for-tests-of-32-characters';
const clock = { now: () => 1_795_485_600_999 };
const turnUrls = ['turn:turn.example.com:3478?transport=udp', 'turns:turn.example.com:5349?transport=tcp'];
const stunUrls = ['stun:turn.example.com:3478'];

test('the password is what OpenSSL makes of the name', async () => {
  const turn = sharedSecretTurn({ stunUrls, turnUrls, secret, lifetime: 3_600_000, clock });
  // printf %s "$username" | openssl dgst -sha1 -hmac "$secret" -binary | base64
  expect(await turn.serversFor(user)).toEqual({
    iceServers: [
      { urls: stunUrls },
      { urls: turnUrls, username: '1795489200:kJ0mS3kQpXy-_2VbZr8TfA', credential: 'm+nvh1V/mkClb5mxrd7818ae8q8=' },
    ],
    expiresOn: 1_795_489_200_000,
  });
});

test('without TURN there are no credentials, without STUN no server of it', async () => {
  const only = { secret: undefined, lifetime: 3_600_000, clock };
  const stun = await sharedSecretTurn({ ...only, stunUrls, turnUrls: [] }).serversFor(user);
  expect(stun.iceServers).toEqual([{ urls: stunUrls }]);
  const turn = await sharedSecretTurn({ ...only, stunUrls: [], turnUrls, secret }).serversFor(user);
  expect(turn.iceServers.map(({ urls }) => urls)).toEqual([turnUrls]);
});

test('where the app is given none there are none', () => {
  expect(() => iceServersFor(user, undefined)).toThrow(expect.objectContaining({ code: 'not-found' }));
});
