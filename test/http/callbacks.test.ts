import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import { local, testSettings, tollFree } from '../support/smsValues.ts';
import { bearer, type CallbackStage, callbackStage, means, secretFor } from './callbackStage.ts';
import { aCanary, type Canary } from './canary.ts';
import { impostors } from './impostors.ts';
import { type TestIssuer, testIssuer } from './testIssuer.ts';

let provider: TestIssuer;
let other: TestIssuer;
let second: TestIssuer;
let people: TestIssuer;
let canary: Canary;
let stage: CallbackStage;

beforeAll(async () => {
  const like = { alg: 'RS256', means };
  [provider, other, second] = await Promise.all([testIssuer(like), testIssuer(like), testIssuer(like)]);
  [people, canary] = await Promise.all([testIssuer(), aCanary()]);
});
beforeEach(async () => {
  stage = await callbackStage(provider, people);
});
afterAll(() => Promise.all([provider, other, second, people, canary].map(({ close }) => close())));

test('with the token and the secret a call is moved on', async () => {
  const before = stage.commands.length;
  expect((await stage.post(bearer(await provider.token()))).status).toBe(204);
  expect(stage.commands.slice(before)).toHaveLength(1);
});

test('no subject is wanted: none is promised', async () => {
  expect((await stage.post(bearer(await provider.token({ sub: undefined })))).status).toBe(204);
});

describe('is not Call Automation, even with the secret', () => {
  test.each(impostors)('%s', async (_, headers) => {
    const strangers = [other.asked, second.asked, people.asked, canary.visits];
    for (const seen of strangers) seen.length = 0;
    const claimed = await headers({ issuer: provider, other, second, canary: canary.address });
    expect(await stage.refused(claimed)).toBe(401);
    expect(strangers.flat()).toEqual([]);
  });

  test.each(['RS384', 'PS256', 'ES256', 'EdDSA'])('its own issuer, signing with %s', async (alg) => {
    const own = await provider.newKey(`key-${alg}`, alg);
    await provider.publish(own);
    expect(await stage.refused(bearer(await provider.sign(own)))).toBe(401);
  });

  test.each([
    ['a person', {}],
    ['an agent', { roles: ['agent'] }],
    ['an admin', { roles: ['admin'] }],
    ['an admin for the audience of callbacks', { roles: ['admin'], aud: means }],
  ])('%s', async (_, claims) => {
    expect(await stage.refused(bearer(await people.token(claims)))).toBe(401);
  });
});

/** Flips the last bit of what the secret is the text of. */
function oneBitOff(secret: string): string {
  const bytes = Buffer.from(secret, 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  return bytes.toString('base64url');
}
const secret = () => secretFor(stage.ref);
const anotherCall = () => ({ ...stage.ref, key: `${stage.ref.key.slice(0, -1)}_` as typeof stage.ref.key });
const conversation = conversationIdOf(testSettings.conversationKey, local, tollFree);

describe('a right token does not do', () => {
  test.each<[string, () => string]>([
    ['a guess', () => 'A'.repeat(32)],
    ['no secret', () => ''],
    ['that of another call', () => secretFor(anotherCall())],
    ['that of another conversation', () => secretFor({ ...stage.ref, conversation })],
    ['that of another key', () => secretFor(stage.ref, 'another-key-of-32-characters-or-so')],
    ['one bit off', () => oneBitOff(secret())],
    ['a character less', () => secret().slice(0, -1)],
    ['a character more', () => `${secret()}A`],
    ['padding', () => `${secret()}=`],
    ['a space before it', () => ` ${secret()}`],
    ['another case', () => secret().toUpperCase()],
    ['a megabyte', () => 'A'.repeat(1 << 20)],
  ])('with %s, and nobody learns whether there is such a call', async (_, wrong) => {
    const token = bearer(await provider.token());
    expect(await stage.refused(token, { secret: wrong() })).toBe(404);
    const unknown = await stage.post(token, { ref: anotherCall(), secret: 'A'.repeat(32) });
    expect(await stage.post(token, { secret: wrong() })).toEqual(unknown);
  });

  test('where calls are not answered', async () => {
    stage = await callbackStage(undefined, people);
    expect(await stage.refused(bearer(await provider.token()))).toBe(404);
  });
});
