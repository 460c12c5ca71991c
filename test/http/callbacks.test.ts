import functions, { type InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import { callRoutes } from '../../shared/http/calls.ts';
import { answer } from '../../shared/http/route.ts';
import type { CallbackSettings } from '../../shared/runtime/callbackAuthentication.ts';
import { addressesOf } from '../../shared/runtime/callSettings.ts';
import { requestHandler } from '../../shared/runtime/requestHandler.ts';
import { takeCallback } from '../../shared/runtime/takeCallback.ts';
import { callWorld } from '../calls/callWorld.ts';
import { local, testSettings } from '../support/smsValues.ts';
import { aCanary, type Canary } from './canary.ts';
import { impostors } from './impostors.ts';
import { now, type TestIssuer, testIssuer } from './testIssuer.ts';

const key = testSettings.conversationKey;
const means = 'resource-1';

let provider: TestIssuer;
let other: TestIssuer;
let second: TestIssuer;
let people: TestIssuer;
let world: ReturnType<typeof callWorld>;
let callbacks: CallbackSettings | undefined;
let time: number;
let canary: Canary;

beforeAll(async () => {
  const like = { alg: 'RS256', means };
  [provider, other, second] = await Promise.all([testIssuer(like), testIssuer(like), testIssuer(like)]);
  people = await testIssuer();
  canary = await aCanary();
});
afterAll(async () => {
  await canary.close();
  await Promise.all([provider, other, second, people].map(({ close }) => close()));
});
/** A call that was answered, of which nothing was told yet. */
beforeEach(async () => {
  world = callWorld();
  await world.answer();
  time = now;
  // Of its own for each test: the keys are remembered under it.
  callbacks = {
    issuer: provider.issuer,
    configuration: `${provider.issuer}/.well-known/openid-configuration`,
    audience: means,
  };
});

type Ref = typeof world.ref;
const secretFor = (ref: Ref, conversationKey: string = key): string =>
  addressesOf({ CONVERSATION_KEY: conversationKey } as never)
    .callback(ref)
    .split('/')
    .at(-1)!;

/** The call is connected: the first prompt is due. */
const connected = [{ type: 'Microsoft.Communication.CallConnected', data: { callConnectionId: 'connection-1' } }];

interface Posted {
  readonly ref?: Ref;
  readonly secret?: string;
}

/** Posts what would move the call on; the answer's body is what a stranger gets to see. */
async function post(
  headers: Readonly<Record<string, string>>,
  { ref = world.ref, secret = secretFor(ref) }: Posted = {},
) {
  const services = {
    ...world.services,
    clock: { now: () => time },
    config: { CONVERSATION_KEY: key },
    auth: {
      issuers: [people.issuer],
      audience: people.audience,
      rolesClaim: 'roles',
      roles: { agent: 'agent', admin: 'admin' },
    },
    callbacks,
  };
  const handler = requestHandler(
    callRoutes.callback,
    async ({ params: { id: conversation, entry }, body }, services) => {
      await takeCallback({ ref: { conversation, key: entry }, secret, body }, services);
      return answer(204, undefined);
    },
    () => services,
  );
  const request = new functions.HttpRequest({
    method: 'POST',
    url: 'http://localhost/api/calls/callbacks',
    params: { id: ref.conversation, entry: ref.key, secret },
    headers: { 'content-type': 'application/json', ...headers },
    body: { string: JSON.stringify(connected) },
  });
  const { status, body } = await handler(request, { invocationId: '' } as InvocationContext);
  return { status, body };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** Whatever a call could tell of having been moved. */
const standing = async () => [world.provider.log.length, world.sent.length, world.wakes.length, await world.entry()];

async function refused(headers: Readonly<Record<string, string>>, posted?: Posted): Promise<number | undefined> {
  const before = await standing();
  const { status } = await post(headers, posted);
  expect(await standing()).toEqual(before);
  return status as number;
}

test('with the token and the secret a call is moved on', async () => {
  const before = world.provider.log.length;
  expect((await post(bearer(await provider.token()))).status).toBe(204);
  expect(world.provider.log.slice(before)).toHaveLength(1);
});

test('no subject is wanted: none is promised', async () => {
  expect((await post(bearer(await provider.token({ sub: undefined })))).status).toBe(204);
});

describe('is not Call Automation, even with the secret', () => {
  const stage = () => ({
    issuer: provider,
    other,
    second,
    canary: canary.address,
  });
  test.each(impostors)('%s', async (_, headers) => {
    const strangers = [other.asked, second.asked, people.asked, canary.visits];
    for (const seen of strangers) seen.length = 0;
    expect(await refused(await headers(stage()))).toBe(401);
    expect(strangers.flat()).toEqual([]);
  });

  test.each(['RS384', 'PS256', 'ES256', 'EdDSA'])('its own issuer, signing with %s', async (alg) => {
    const own = await provider.newKey(`key-${alg}`, alg);
    await provider.publish(own);
    expect(await refused(bearer(await provider.sign(own)))).toBe(401);
  });

  test.each([
    ['a person', {}],
    ['an agent', { roles: ['agent'] }],
    ['an admin', { roles: ['admin'] }],
    ['an admin for the audience of callbacks', { roles: ['admin'], aud: means }],
  ])('%s', async (_, claims) => {
    expect(await refused(bearer(await people.token(claims)))).toBe(401);
  });
});

/** Flips the last bit of what the secret is the text of. */
function oneBitOff(secret: string): string {
  const bytes = Buffer.from(secret, 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  return bytes.toString('base64url');
}
const anotherCall = (): Ref => ({ ...world.ref, key: `${world.ref.key.slice(0, -1)}_` as Ref['key'] });
const anotherConversation = (): Ref => ({
  ...world.ref,
  conversation: conversationIdOf(key, local, '+14255550199' as typeof local),
});

describe('a right token does not do', () => {
  test.each<[string, () => string]>([
    ['a guess', () => 'A'.repeat(32)],
    ['no secret', () => ''],
    ['that of another call', () => secretFor(anotherCall())],
    ['that of another conversation', () => secretFor(anotherConversation())],
    ['that of another key', () => secretFor(world.ref, 'another-key-of-32-characters-or-so')],
    ['one bit off', () => oneBitOff(secretFor(world.ref))],
    ['a character less', () => secretFor(world.ref).slice(0, -1)],
    ['a character more', () => `${secretFor(world.ref)}A`],
    ['padding', () => `${secretFor(world.ref)}=`],
    ['a space before it', () => ` ${secretFor(world.ref)}`],
    ['another case', () => secretFor(world.ref).toUpperCase()],
    ['a megabyte', () => 'A'.repeat(1 << 20)],
  ])('with %s, and nobody learns whether there is such a call', async (_, secret) => {
    const token = bearer(await provider.token());
    expect(await refused(token, { secret: secret() })).toBe(404);
    const unknown = await post(token, { ref: anotherCall(), secret: secret().slice(1) });
    expect(await post(token, { secret: secret() })).toEqual(unknown);
  });

  test('where calls are not answered', async () => {
    callbacks = undefined;
    expect(await refused(bearer(await provider.token()))).toBe(404);
  });
});

describe('when Call Automation signs with a new key', () => {
  let rotating: TestIssuer;
  const keysAsked = () => rotating.asked.filter((path) => path === '/keys').length;
  beforeEach(async () => {
    rotating = await testIssuer({ alg: 'RS256', means });
    callbacks = {
      issuer: rotating.issuer,
      configuration: `${rotating.issuer}/.well-known/openid-configuration`,
      audience: means,
    };
    expect((await post(bearer(await rotating.token()))).status).toBe(204);
    time += 60_000;
    return () => rotating.close();
  });

  test('the next is taken by it, and none by the old one once that is gone', async () => {
    const next = await rotating.newKey('next');
    await rotating.publish(next);
    rotating.forget();
    const old = bearer(await rotating.token());
    expect((await post(bearer(await rotating.sign(next)))).status).toBe(204);
    expect(await refused(old)).toBe(503);
    time += 30_000;
    expect(await refused(old)).toBe(401);
    expect((await post(bearer(await rotating.sign(next)))).status).toBe(204);
  });

  test('while both are published, both are taken', async () => {
    const next = await rotating.newKey('next');
    await rotating.publish(next);
    for (const token of [await rotating.sign(next), await rotating.token()])
      expect((await post(bearer(token))).status).toBe(204);
    expect(keysAsked()).toBe(2);
  });

  test('tokens of keys that it never had ask it every half minute at most', async () => {
    const before = keysAsked();
    // Ten a second for two minutes.
    for (let n = 0; n < 1_200; n++, time += 100)
      expect([401, 503]).toContain((await post(bearer(await rotating.forge({ kid: `none-${n}` })))).status);
    expect(keysAsked() - before).toBe(4);
  });

  test('while it cannot be asked, the provider is told to come again', async () => {
    const next = await rotating.newKey('next');
    rotating.self.up = false;
    expect(await refused(bearer(await rotating.sign(next)))).toBe(503);
    expect((await post(bearer(await rotating.token()))).status).toBe(204);
  });
});
