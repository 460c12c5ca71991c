import functions, { type HttpRequestInit, type InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { problemSchema } from '../../shared/http/problem.ts';
import { routes } from '../../shared/http/routes.ts';
import { takeAccount } from '../support/storage.ts';
import { type RegisteredFunction, registeredFunctions } from './registeredFunctions.ts';
import { audience, type TestIssuer, testIssuer } from './testIssuer.ts';

let issuer: TestIssuer;
let registered: readonly RegisteredFunction[];
let agent: string;

// The shipped functions over Azurite; nothing listens where the provider should be, so that messages wait.
beforeAll(async () => {
  issuer = await testIssuer();
  const environment = {
    STORAGE_CONNECTION: takeAccount(),
    ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9/;accesskey=a2V5',
    ACS_RESOURCE_ID: '/subscriptions/test',
    CONVERSATION_KEY: 'a-key-for-tests-of-32-characters',
    SERVICE_NUMBERS: '+14255550100,+18005550100',
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: audience,
    SENDING_HOURS: '00:00-24:00',
    PUBLIC_URL: 'https://app.example.com',
    CALLBACK_AUDIENCE: 'test',
    SPEECH_ENDPOINT: 'https://speech.example.com',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  registered = await registeredFunctions();
  agent = `Bearer ${await issuer.token({ roles: ['agent'], exp: Date.now() / 1000 + 600 })}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await issuer.close();
});

/** What the stories look into; which of it is there, the schema has said. */
interface Said {
  readonly conversation: string;
  readonly message: { readonly id: string };
  readonly items: readonly { readonly text: string }[];
  readonly cursor: string;
}

interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Calls a function as the host would, and holds what it answers to what its route says. */
async function call(name: string, { params = {}, query = {}, headers = {}, body }: Asked = {}) {
  const route = routes.find((known) => known.name === name)!;
  const init: HttpRequestInit = {
    method: route.method,
    url: `http://localhost${route.path}`,
    params,
    query,
    headers: { authorization: agent, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: { string: JSON.stringify(body) } }),
  };
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const context = { ...silent, invocationId: 'id', functionName: name } as unknown as InvocationContext;
  const { handler } = registered.find((known) => known.name === name)!;
  const response = new functions.HttpResponse((await handler(new functions.HttpRequest(init), context)) ?? {});
  const written = await response.text();
  const said: unknown = written === '' ? undefined : JSON.parse(written);
  const declared = route.responses[response.status];
  const schema = declared === undefined ? problemSchema : (declared.body ?? z.undefined());
  // A field that the schema does not tell of would be lost in reading it.
  expect(z.parse(schema, said)).toEqual(said);
  return { status: response.status, headers: response.headers, body: said as Said };
}

const text = { to: '+14255550123', text: 'Your order is ready.' };

test('an agent texts somebody, and finds it in the inbox and on the timeline', async () => {
  const sent = await call('sendMessage', { body: { ...text, from: '+14255550100' } });
  expect(sent).toMatchObject({ status: 202, body: { message: { status: 'queued', author: 'agent:ann' } } });
  const id = sent.body.conversation;

  const inbox = await call('listConversations');
  expect(inbox.body).toMatchObject({
    service: '+14255550100',
    serviceNumbers: ['+14255550100', '+18005550100'],
    items: [{ id, subscriber: '+14255550123', preview: 'Your order is ready.', mode: 'agent', unread: false }],
  });

  const timeline = await call('listEntries', { params: { id } });
  expect(timeline.body.items).toMatchObject([{ id: sent.body.message.id, text: 'Your order is ready.' }]);
});

describe('what the caller has already', () => {
  const asked = (name: string, params: Record<string, string>, etag = '') =>
    call(name, { params, headers: { 'if-none-match': etag } });

  test.each(['listConversations', 'getConversation', 'listEntries', 'listTemplates'])(
    'is not sent again by %s',
    async (name) => {
      const { body: sent } = await call('sendMessage', { body: { ...text, to: '+14255550130', from: '+14255550100' } });
      const params = { id: sent.conversation };
      const etag = (await asked(name, params)).headers.get('etag')!;
      const again = await asked(name, params, `"another", ${etag}`);
      expect([again.status, again.headers.get('etag'), again.body]).toEqual([304, etag, undefined]);
    },
  );

  test.each(['listConversations', 'getConversation'])('is sent by %s once an agent has changed it', async (name) => {
    const { body: sent } = await call('sendMessage', { body: { ...text, to: '+14255550131', from: '+14255550100' } });
    const params = { id: sent.conversation };
    const etag = (await asked(name, params)).headers.get('etag')!;
    await call('updateConversation', { params, body: { mode: 'bot' } });
    expect((await asked(name, params, etag)).status).toBe(200);
  });
});

test('a conversation is found by the number of its subscriber, however it is written', async () => {
  const { body: sent } = await call('sendMessage', { body: { ...text, to: '+14255550132', from: '+18005550100' } });
  const search = async (body: object) => (await call('searchConversations', { body })).body.items;
  expect(await search({ subscriber: '(425) 555-0132' })).toMatchObject([{ id: sent.conversation }]);
  expect(await search({ subscriber: '+14255550132', service: '+14255550100' })).toEqual([]);
  await call('eraseConversation', { params: { id: sent.conversation } });
  expect(await search({ subscriber: '+14255550132' })).toEqual([]);
});

test('a repeated request makes no second message, and one with another text is refused', async () => {
  const headers = { 'idempotency-key': 'order-17' };
  const body = { to: '+14255550124', from: '+14255550100', text: 'Once.' };
  const first = await call('sendMessage', { headers, body });
  const second = await call('sendMessage', { headers, body });
  expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([
    'false',
    'true',
  ]);
  expect(second.body.message.id).toBe(first.body.message.id);
  const other = await call('sendMessage', { headers, body: { ...body, text: 'Twice?' } });
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } });
  const { body: page } = await call('listEntries', { params: { id: first.body.conversation } });
  expect(page.items).toHaveLength(1);
});

test('the same request sixteen times at once makes one message', async () => {
  const headers = { 'idempotency-key': 'impatient' };
  const body = { to: '+14255550126', from: '+14255550100', text: 'Once.' };
  const answers = await Promise.all(Array.from({ length: 16 }, () => call('sendMessage', { headers, body })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'false')).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.body.message.id)).size).toBe(1);
  const { body: page } = await call('listEntries', { params: { id: answers[0]!.body.conversation } });
  expect(page.items).toHaveLength(1);
});

test('what an agent decides is kept and read back, and binds the next message', async () => {
  const { body: sent } = await call('sendMessage', { body: { ...text, from: '+18005550100' } });
  const params = { id: sent.conversation };
  const consent = { consent: 'revoked', reason: 'Asked on the phone.' };
  const updated = await call('updateConversation', { params, body: { mode: 'bot', readTo: 'latest', consent } });
  expect(updated).toMatchObject({ status: 200, body: { mode: 'bot', consent: 'revoked' } });
  const read = await call('getConversation', { params });
  expect(read.body).toMatchObject({ ...updated.body, consentHistory: [{ ...consent, by: 'agent:ann' }] });
  const refused = await call('sendConversationMessage', { params, body: { text: 'One more thing.' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'opted-out' } });
});

test('pages of a timeline meet', async () => {
  const { body: first } = await call('sendMessage', {
    body: { to: '+14255550125', from: '+14255550100', text: 'text 0' },
  });
  const params = { id: first.conversation };
  for (const n of [1, 2, 3]) await call('sendConversationMessage', { params, body: { text: `text ${n}` } });
  const one = await call('listEntries', { params, query: { limit: '3' } });
  const two = await call('listEntries', { params, query: { limit: '3', cursor: one.body.cursor } });
  const texts = [...one.body.items, ...two.body.items].map((entry) => entry.text);
  expect(texts).toEqual(['text 3', 'text 2', 'text 1', 'text 0']);
  expect(two.body.cursor).toBeUndefined();
});

const unknown = 'kJ0mS3kQpXy-_2VbZr8TfA';
const entry = 'e820451439900000001AbCdEfGh-_jKlMnO';
test.each<[string, string, Asked, number, string]>([
  ['a conversation that is not there', 'getConversation', { params: { id: unknown } }, 404, 'not-found'],
  ['its timeline', 'listEntries', { params: { id: unknown } }, 404, 'not-found'],
  ['an update of it', 'updateConversation', { params: { id: unknown }, body: { mode: 'bot' } }, 404, 'not-found'],
  ['a message in it', 'sendConversationMessage', { params: { id: unknown }, body: { text: 'hi' } }, 404, 'not-found'],
  ['sending anew in it', 'resendMessage', { params: { id: unknown, entry }, body: { number: 0 } }, 404, 'not-found'],
  ["somebody else's number as ours", 'sendMessage', { body: { ...text, from: '+14255550999' } }, 400, 'invalid-input'],
  ['no number of ours where there are two', 'sendMessage', { body: text }, 400, 'invalid-input'],
  [
    'the inbox of a number that is not ours',
    'listConversations',
    { query: { service: '14255550999' } },
    400,
    'invalid-input',
  ],
  ['a search for what is no number', 'searchConversations', { body: { subscriber: 'ann' } }, 400, 'invalid-input'],
  ['a made-up cursor', 'listConversations', { query: { cursor: 'x' } }, 400, 'invalid-input'],
  ['nobody', 'listConversations', { headers: { authorization: '' } }, 401, 'unauthenticated'],
])('%s is a problem', async (_, name, asked, status, code) => {
  expect(await call(name, asked)).toMatchObject({ status, body: { status, code } });
});

test('what anyone may see needs no token', async () => {
  const anyone = { headers: { authorization: 'none' } };
  expect(await call('getHealth', anyone)).toMatchObject({
    status: 200,
    body: { status: 'ok', counts: { poisoned: 0, dropped: 0 } },
  });
  expect(await call('getOpenApi', anyone)).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
});
