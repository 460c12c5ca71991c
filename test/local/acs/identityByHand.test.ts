import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localAccessKey } from '../../../local/acs/connection.ts';
import { anAcs, type TestAcs } from './anAcs.ts';

let acs: TestAcs;
beforeEach(async () => {
  acs = await anAcs();
});
afterEach(() => acs.close());

/** A signed request as any language would make it. */
async function call(method: string, path: string, body?: string) {
  const target = `${path}?api-version=2026-09-23-preview`;
  const date = new Date(acs.timers.now()).toUTCString();
  const hash = createHash('sha256')
    .update(body ?? '')
    .digest('base64');
  const { host } = new URL(acs.url);
  const signature = createHmac('sha256', Buffer.from(localAccessKey, 'base64'))
    .update(`${method}\n${target}\n${date};${host};${hash}`)
    .digest('base64');
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  const headers = { 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization };
  const response = await fetch(acs.url + target, { method, headers, body: body ?? null });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const create = async (): Promise<string> => (await call('POST', '/identities')).body.identity.id;

test.each([
  ['no body', undefined],
  ['an empty object', '{}'],
  ['no scopes', '{"createTokenWithScopes":[]}'],
  ['a field of another version', '{"customId":"me"}'],
])('an identity is made with %s', async (_, body) => {
  expect(await call('POST', '/identities', body)).toEqual({
    status: 201,
    body: { identity: { id: expect.any(String) } },
  });
});

test('a token says until when with seven digits and an offset', async () => {
  const { status, body } = await call(
    'POST',
    '/identities',
    '{"createTokenWithScopes":["chat"],"expiresInMinutes":60}',
  );
  expect(status).toBe(201);
  expect(Object.keys(body)).toEqual(['identity', 'accessToken']);
  expect(body.accessToken.expiresOn).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.0{7}\+00:00$/);
});

test.each([
  ['encoded', encodeURIComponent],
  ['as it is', (id: string) => id],
])('an id in the path may come %s', async (_, written) => {
  const path = `/identities/${written(await create())}`;
  expect(await call('POST', `${path}/:issueAccessToken`, '{"scopes":["chat","chat"]}')).toMatchObject({ status: 200 });
  expect(await call('POST', `${path}/:revokeAccessTokens`)).toEqual({ status: 204, body: undefined });
  expect(await call('DELETE', path)).toEqual({ status: 204, body: undefined });
});

describe('a body', () => {
  const invalid = (target: string, words: string) => ({
    status: 400,
    body: { error: { code: 'ValidationError', target, message: expect.stringContaining(words) } },
  });
  test.each<[string, string | undefined, object]>([
    ['none', undefined, invalid('body', 'must be a JSON object')],
    ['no JSON', '{"scopes":', invalid('body', 'must be a JSON object')],
    ['a list', '["chat"]', invalid('body', 'must be a JSON object')],
    ['no scopes', '{}', invalid('Scopes', 'Scopes: The Scopes field is required.')],
    ['null', '{"scopes":null}', invalid('Scopes', 'Scopes: The Scopes field is required.')],
    ['a word', '{"scopes":"chat"}', invalid('Scopes', 'Scopes value "chat" is invalid.')],
    ['a number among scopes', '{"scopes":[1]}', invalid('Scopes', 'Valid values: chat, voip, chat.join')],
    [
      'text for minutes',
      '{"scopes":["chat"],"expiresInMinutes":"60"}',
      invalid('ExpiresInMinutes', 'value "60" is invalid'),
    ],
  ])('with %s is refused', async (_, body, refusal) => {
    expect(await call('POST', `/identities/${await create()}/:issueAccessToken`, body)).toEqual(refusal);
  });

  test('that asks for a token and names no scope is refused, and makes nobody', async () => {
    const refusal = invalid('CreateTokenWithScopes', 'CreateTokenWithScopes value is missing.');
    expect(await call('POST', '/identities', '{"createTokenWithScopes":null}')).toEqual(refusal);
    expect(await (await fetch(`${acs.url}/admin/identities`)).json()).toEqual({ identities: [] });
  });
});

test.each([
  ['POST', '/identities/8%3Aacs%3Aa_b/:deleteEverything'],
  ['POST', '/teamsUser/:revoke'],
  ['PUT', '/identities'],
])('%s %s is nothing here', async (method, path) => {
  expect(await call(method, path, '{}')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
});

test.each([
  'POST /identities',
  'POST /identities/a/:issueAccessToken',
  'DELETE /identities/a',
  'POST /teamsUser/:exchangeAccessToken',
])('unsigned, %s is denied', async (line) => {
  const [method = '', path] = line.split(' ');
  const response = await fetch(`${acs.url}${path}?api-version=2023-10-01`, { method });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: 'Denied' } });
});

test.each([
  ['no token', '{}', 'token: '],
  ['no JSON', 'token', 'The body must be JSON.'],
])('a check of %s is a problem that says what to change', async (_, body, words) => {
  const response = await fetch(`${acs.url}/admin/tokens/check`, { method: 'POST', body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'invalid-input', detail: expect.stringContaining(words) });
});
