import functions, { type HttpRequestInit, type InvocationContext } from '@azure/functions';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AppError, errorCodes } from '../../shared/core/errors.ts';
import type { LogFields } from '../../shared/core/logger.ts';
import { problemKinds, problemSchema } from '../../shared/http/problem.ts';
import { answer, route } from '../../shared/http/route.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { type Handle, type RequestServices, requestHandler } from '../../shared/runtime/requestHandler.ts';
import { audience, now, type TestIssuer, testIssuer } from '../http/testIssuer.ts';

const invocationId = 'f3b3f1a2-6d5e-4c1b-9a57-2f0c1d3e4b5a';

const open = route({
  name: 'open',
  method: 'GET',
  path: '/api/open',
  role: 'anyone',
  summary: 'For everybody',
  query: z.strictObject({ word: z.optional(z.string()) }),
  responses: { 200: { description: 'What was asked.', body: z.unknown() } },
});
const closed = route({
  name: 'closed',
  method: 'POST',
  path: '/api/closed/{id}',
  role: 'agent',
  summary: 'For agents',
  params: z.strictObject({ id: z.string().check(z.maxLength(3)) }),
  query: z.strictObject({ limit: z._default(z.coerce.number().check(z.int(), z.lte(9)), 5) }),
  headers: z.object({ 'idempotency-key': z.optional(z.string().check(z.maxLength(3))) }),
  body: z.strictObject({ text: z.string().check(z.minLength(1)), size: z.optional(z.enum(['s', 'm'])) }),
  responses: { 202: { description: 'What was read.', body: z.unknown() } },
});

let issuer: TestIssuer;
let auth: AuthSettings;
let agent: string;
beforeAll(async () => {
  issuer = await testIssuer();
  auth = { issuers: [issuer.issuer], audience, rolesClaim: 'roles', roles: { agent: 'agent', admin: 'admin' } };
  agent = `Bearer ${await issuer.token({ roles: ['agent'] })}`;
});
afterAll(() => issuer.close());

/** Sends one request through a handler; what the use case was given and what was logged come with the answer. */
async function send<R extends typeof open | typeof closed>(
  target: R,
  request: HttpRequestInit,
  act: Handle<R, RequestServices> = async (given) => answer(target.name === 'open' ? 200 : 202, given) as never,
) {
  const logged: (LogFields & { event: string })[] = [];
  const given: unknown[] = [];
  const services: RequestServices = {
    auth,
    clock: { now: () => now },
    log: (_level, event, fields = {}) => logged.push({ event, ...fields }),
  };
  const recorded: Handle<R, RequestServices> = (asked, reach) => {
    given.push(asked);
    return act(asked, reach);
  };
  const handler = requestHandler(target, recorded, () => services);
  const context = { invocationId, functionName: target.name } as InvocationContext;
  const response = new functions.HttpResponse(
    await handler(
      new functions.HttpRequest({ method: target.method, url: 'http://localhost/api/x', ...request }),
      context,
    ),
  );
  const said = await response.text();
  return { status: response.status, headers: response.headers, said, body: JSON.parse(said), given, logged };
}

const valid = (changed: HttpRequestInit = {}): HttpRequestInit => ({
  params: { id: 'abc' },
  body: { string: '{"text":"hello"}' },
  ...changed,
  headers: { authorization: agent, 'content-type': 'application/json', ...changed.headers },
});

test('a request is read by its schemas and answered as JSON that no cache keeps', async () => {
  const { status, headers, body } = await send(closed, valid({ query: { limit: '7' } }));
  expect(status).toBe(202);
  expect(body).toMatchObject({
    params: { id: 'abc' },
    query: { limit: 7 },
    body: { text: 'hello' },
    caller: { subject: 'ann', roles: ['agent'] },
  });
  expect(Object.fromEntries(headers)).toEqual({
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  });
});

test('whom anyone may call asks for no token and looks at none', async () => {
  const { status, body } = await send(open, { query: { word: 'hi' }, headers: { authorization: 'Bearer nonsense' } });
  expect([status, body]).toEqual([200, { query: { word: 'hi' } }]);
});

test.each([
  ['let in', async () => send(open, { headers: { origin: 'https://evil.example' } })],
  ['refused', async () => send(closed, { params: {}, headers: { origin: 'https://evil.example' } })],
])('a page of another origin that is %s is told nothing by us: who may read is the platform’s list', async (_, ask) => {
  const { headers } = await ask();
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('a query name that comes twice is one value, as the host joins it', async () => {
  const handler = requestHandler(
    open,
    async ({ query }) => answer(200, query),
    () => ({}) as RequestServices,
  );
  const request = new functions.HttpRequest({ method: 'GET', url: 'http://localhost/api/open?word=a&word=b' });
  expect(await handler(request, { invocationId } as InvocationContext)).toMatchObject({ body: '{"word":"a,b"}' });
});

describe('who may not', () => {
  const cases: [string, () => Promise<Record<string, string>>, number, string][] = [
    ['nobody', async () => ({}), 401, 'Bearer realm="switchboard"'],
    [
      'who brings what is no token',
      async () => ({ authorization: 'Bearer x' }),
      401,
      'Bearer realm="switchboard", error="invalid_token"',
    ],
    [
      'who claims to come from the platform',
      async () => ({ 'x-ms-client-principal': btoa('{"userRoles":["admin","agent"]}') }),
      401,
      'Bearer realm="switchboard"',
    ],
    [
      'who is signed in without the role',
      async () => ({ authorization: `Bearer ${await issuer.token()}` }),
      403,
      'Bearer realm="switchboard", error="insufficient_scope"',
    ],
  ];
  test.each(cases)('%s', async (_, headers, status, challenge) => {
    // Faulty everywhere, to see that nothing is read before it is known who asks.
    const answered = await send(closed, { params: {}, body: { string: '{' }, headers: await headers() });
    expect([answered.status, answered.headers.get('www-authenticate')]).toEqual([status, challenge]);
    expect(answered.given).toEqual([]);
    expect(problemSchema.parse(answered.body)).toEqual(answered.body);
  });
});

describe('a body', () => {
  const ofLength = (length: number) => `{"text":"${'a'.repeat(length - 11)}"}`;
  test.each<[string, HttpRequestInit, number, string]>([
    ['missing', { body: {} }, 400, 'body is missing; one without a Content-Length does not arrive'],
    ['not JSON', { body: { string: '{"text":' } }, 400, 'body is not JSON in UTF-8'],
    ['not UTF-8', { body: { bytes: Buffer.from([0x22, 0xff, 0x22]) } }, 400, 'body is not JSON in UTF-8'],
    ['no object', { body: { string: '7' } }, 400, 'body must be of type object'],
    ['null', { body: { string: 'null' } }, 400, 'body must be of type object'],
    ['a list', { body: { string: '[]' } }, 400, 'body must be of type object'],
    [
      'nested ten thousand deep',
      { body: { string: '['.repeat(10_000) + ']'.repeat(10_000) } },
      400,
      'body must be of type object',
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'Send the body as Content-Type: application/json.',
    ],
    [
      'of a type that only begins the same',
      { headers: { 'content-type': 'application/jsonp' } },
      415,
      'Send the body as Content-Type: application/json.',
    ],
    ['over 256 KiB', { body: { string: ofLength(262_145) } }, 413, 'A body may have 256 KiB at most.'],
    ['said to be over 256 KiB', { headers: { 'content-length': '262145' } }, 413, 'A body may have 256 KiB at most.'],
    [
      'with a prototype',
      { body: { string: '{"text":"a","__proto__":{"admin":true}}' } },
      400,
      'body __proto__ is not known here',
    ],
    [
      'with a constructor',
      { body: { string: '{"text":"a","constructor":{"prototype":{}}}' } },
      400,
      'body constructor is not known here',
    ],
  ])('%s is refused', async (_, request, status, detail) => {
    const answered = await send(closed, valid(request));
    expect([answered.status, answered.body.detail]).toEqual([status, detail]);
    expect(answered.given).toEqual([]);
  });

  test.each<[string, HttpRequestInit]>([
    ['of 256 KiB', { body: { string: ofLength(262_144) } }],
    ['with a charset', { headers: { 'content-type': 'Application/JSON; charset=utf-8' } }],
  ])('%s is taken', async (_, request) => {
    expect((await send(closed, valid(request))).status).toBe(202);
  });
});

test('every fault is told at once, where it is and in words, and no value is repeated', async () => {
  const secret = 'secret-value';
  const { status, body, said } = await send(closed, {
    params: { id: secret },
    query: { limit: secret, size: 's' },
    headers: { authorization: agent, 'content-type': 'application/json', 'idempotency-key': secret },
    body: { string: JSON.stringify({ size: secret, other: secret }) },
  });
  expect(status).toBe(400);
  expect(body.faults).toEqual([
    { in: 'path', field: 'id', detail: 'must have at most 3 characters' },
    { in: 'query', field: 'limit', detail: 'must be of type number' },
    { in: 'query', field: 'size', detail: 'is not known here' },
    { in: 'header', field: 'idempotency-key', detail: 'must have at most 3 characters' },
    { in: 'body', field: 'text', detail: 'is missing' },
    { in: 'body', field: 'size', detail: 'must be "s" or "m"' },
    { in: 'body', field: 'other', detail: 'is not known here' },
  ]);
  expect(said).not.toContain(secret);
});

test('a hostile request is not echoed whole', async () => {
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${n}${'x'.repeat(400)}`, 1]));
  const { said, body } = await send(closed, valid({ body: { string: JSON.stringify({ ...fields, text: 'a' }) } }));
  expect(body.faults).toHaveLength(20);
  expect(said.length).toBeLessThan(5_000);
});

describe('what a use case throws', () => {
  test.each(errorCodes)('%s becomes a problem with its status', async (code) => {
    const { status, body, headers, logged } = await send(closed, valid(), async () => {
      throw new AppError(code, 'In words, with +14255550123 in them.', { cause: new Error('inside') });
    });
    expect(status).toBe(problemKinds[code].status);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(problemSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      type: `urn:problem-type:switchboard:${code}`,
      status,
      code,
      instance: `urn:uuid:${invocationId}`,
    });
    expect(body.detail).toBe(status < 500 ? 'In words, with +14255550123 in them.' : undefined);
    expect(logged).toMatchObject([
      { event: status < 500 ? 'http.refused' : 'http.failed', invocation: invocationId, function: 'closed', code },
    ]);
  });

  test.each(['busy', 'storage-failed', 'unavailable'] as const)('%s says when to come again', async (code) => {
    const { headers } = await send(closed, valid(), async () => {
      throw new AppError(code, 'Later.');
    });
    expect(headers.get('retry-after')).toBe(String(problemKinds[code].retryAfter));
  });

  test('an error that nobody foresaw tells the caller nothing, and the log what it was but not its words', async () => {
    const { status, body, said, logged } = await send(closed, valid(), async () => {
      throw new TypeError('cannot text +14255550123', { cause: new RangeError('hello') });
    });
    expect([status, body.code, body.detail]).toEqual([500, 'internal', undefined]);
    expect(logged).toMatchObject([{ event: 'http.failed', code: 'internal', errors: 'TypeError < RangeError' }]);
    expect(String(logged[0]?.['at'])).toContain('onRequest.test.ts');
    expect(said + JSON.stringify(logged)).not.toMatch(/4255550123|hello/);
  });

  test.each([undefined, null, 'a word', 7])('%j, which is no error, does no harm', async (thrown) => {
    const { status } = await send(closed, valid(), async () => {
      throw thrown;
    });
    expect(status).toBe(500);
  });
});

test('whatever is sent, the answer is one of ours', () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.jsonValue({ maxDepth: 3 }).map((text) => JSON.stringify({ text })),
      ),
      fc.dictionary(fc.string(), fc.string()),
      async (body, query) => {
        const { status, body: said } = await send(closed, valid({ query, body: { string: body } }));
        if (status !== 202) expect(problemSchema.parse(said)).toMatchObject({ status, code: 'invalid-input' });
      },
    ),
    { numRuns: 150 },
  ));
