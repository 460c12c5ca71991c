import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { aHost, type RunningHost } from './aHost.ts';

const routes = `
  import { app } from '@azure/functions';
  const named = (name) => ({ params }) => ({ jsonBody: { name, params } });
  app.get('bOrder', { route: 'orders/{id}', handler: named('bOrder') });
  app.get('aOrder', { route: 'orders/{id:int}', handler: named('aOrder') });
  app.get('aOrderToo', { route: 'orders/{number}', handler: named('aOrderToo') });
  app.post('createOrder', { route: 'orders', handler: named('createOrder') });
  app.get('console', { route: 'console/{*path}', handler: named('console') });`;

const echo = `
  import { app } from '@azure/functions';
  app.http('echo', {
    methods: ['GET', 'POST', 'PUT', 'HEAD'],
    handler: async (request) => ({
      jsonBody: {
        method: request.method,
        url: request.url,
        query: Object.fromEntries(request.query),
        headers: Object.fromEntries(request.headers),
        body: [...Buffer.from(await request.arrayBuffer())],
      },
    }),
  });`;

const answers = `
  import { app, output } from '@azure/functions';
  const answers = {
    words: () => 'just words',
    nothing: () => undefined,
    throws: () => { throw new Error('no'); },
    empty: () => ({}),
    text: () => ({ body: 'hello' }),
    json: () => ({ status: 201, jsonBody: { a: 1 }, headers: { 'X-Own': 'yes' } }),
    binary: () => ({ body: Uint8Array.of(0, 255, 128), headers: { 'content-type': 'image/png' } }),
    noContent: () => ({ status: 204, body: 'dropped' }),
    redirect: () => ({ status: 302, headers: { location: '/elsewhere' } }),
    badCookie: () => ({ cookies: [{ name: 'not a name', value: '' }] }),
    cookies: () => ({
      cookies: [
        { name: 'one', value: 'a b', maxAge: 60, httpOnly: true, secure: true, sameSite: 'Strict' },
        { name: 'two', value: '2', path: '/x', domain: 'example.org', expires: new Date('2026-11-24T02:00:00Z') },
      ],
    }),
    setCookies: () => ({ headers: new Headers([['set-cookie', 'a=1'], ['set-cookie', 'b=2']]) }),
  };
  for (const [name, handler] of Object.entries(answers)) app.get(name, handler as never);`;

describe('a request', () => {
  test.each([
    ['/orders/7', 'aOrder', { id: '7' }],
    ['/orders/seven', 'aOrderToo', { number: 'seven' }],
    ['/orders/a%2Fb%20c', 'aOrderToo', { number: 'a%2Fb c' }],
    ['/CONSOLE/js/app.js', 'console', { path: 'js/app.js' }],
    ['/console', 'console', {}],
  ])('to %s goes to %s, the first by name that fits', async (path, name, params) => {
    const host = await aHost({ 'functions/routes.ts': routes });
    expect(await (await host.fetch(path)).json()).toEqual({ name, params });
  });

  test.each([
    ['GET', '/'],
    ['GET', '/nowhere'],
    ['GET', '/orders'],
    ['DELETE', '/orders'],
    ['GET', '/admin/host/status'],
  ])('%s %s finds nothing: a wrong method is no better than a wrong path', async (method, path) => {
    const host = await aHost({ 'functions/routes.ts': routes });
    const response = await host.fetch(path, { method });
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  test('stands behind the prefix of host.json', async () => {
    const host = await aHost({ 'functions/routes.ts': routes }, { hostJson: {} });
    expect((await host.fetch('/api/orders/7')).status).toBe(200);
    expect((await host.fetch('/orders/7')).status).toBe(404);
  });

  const echoed = async (host: RunningHost, path: string, init?: RequestInit) =>
    (await (await host.fetch(path, init)).json()) as Record<string, unknown>;

  test('arrives with lower-case headers, joined query keys and its whole URL', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    const seen = await echoed(host, '/echo?a=1&b=x%20y&a=2', { headers: { 'X-Some-Thing': 'Value' } });
    expect(seen).toMatchObject({
      method: 'GET',
      url: `${host.url}/echo?a=1&b=x%20y&a=2`,
      query: { a: '1,2', b: 'x y' },
      headers: { 'x-some-thing': 'Value' },
    });
  });

  test('brings its bytes as they are', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    expect(await echoed(host, '/echo', { method: 'POST', body: Uint8Array.of(0, 200, 255) })).toMatchObject({
      body: [0, 200, 255],
    });
  });

  test('in chunks arrives empty, which is said once', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    const chunked = { method: 'POST', body: new Blob(['lost']).stream(), duplex: 'half' } as RequestInit;
    expect(await echoed(host, '/echo', chunked)).toMatchObject({ body: [] });
    await echoed(host, '/echo', { ...chunked, body: new Blob(['lost']).stream() });
    expect(host.lines.of('http.chunkedBody')).toMatchObject([
      { level: 'warn', message: expect.stringMatching(/Send Content-Length/) },
    ]);
  });

  test('of GET loses its body', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    const raw = await overTheWire(
      host,
      'GET /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi',
    );
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(raw).toContain('"body":[]');
  });

  test('of HEAD is answered without a body', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    const response = await host.fetch('/echo', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('of more than 100 MB is refused', async () => {
    const host = await aHost({ 'functions/echo.ts': echo });
    const raw = await overTheWire(host, 'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 104857601\r\n\r\n');
    expect(raw).toMatch(/^HTTP\/1\.1 413 /);
  });
});

test("a client that breaks off its upload is nobody's failure", async () => {
  const host = await aHost({ 'functions/echo.ts': echo });
  const socket = createConnection(Number(new URL(host.url).port), '127.0.0.1');
  socket.end('POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhi');
  await text(socket).catch(() => undefined);
  expect((await host.fetch('/echo')).status).toBe(200);
  expect(host.lines.all.filter(({ level }) => level === 'error')).toEqual([]);
});

describe('an answer', () => {
  test.each<[name: string, status: number, body: string, headers?: Record<string, string>]>([
    ['words', 500, ''],
    ['nothing', 204, ''],
    ['throws', 500, ''],
    ['empty', 200, ''],
    ['text', 200, 'hello', { 'content-type': 'text/plain;charset=UTF-8' }],
    ['json', 201, '{"a":1}', { 'content-type': 'application/json', 'x-own': 'yes' }],
    ['noContent', 204, ''],
    ['redirect', 302, '', { location: '/elsewhere' }],
    ['badCookie', 500, ''],
  ])('of %s has the status %i', async (name, status, body, headers = {}) => {
    const host = await aHost({ 'functions/answers.ts': answers });
    const response = await host.fetch(`/${name}`);
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
  });

  test('may be any bytes', async () => {
    const host = await aHost({ 'functions/answers.ts': answers });
    const response = await host.fetch('/binary');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 128]);
  });

  test('sets its cookies', async () => {
    const host = await aHost({ 'functions/answers.ts': answers });
    expect((await host.fetch('/cookies')).headers.getSetCookie()).toEqual([
      'one=a%20b; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
      'two=2; Domain=example.org; Path=/x; Expires=Tue, 24 Nov 2026 02:00:00 GMT',
    ]);
  });

  test('keeps only the last of several set-cookie headers, as in Azure', async () => {
    const host = await aHost({ 'functions/answers.ts': answers });
    expect((await host.fetch('/setCookies')).headers.getSetCookie()).toEqual(['b=2']);
  });
});

describe('keys', () => {
  const source = `
    import { app } from '@azure/functions';
    for (const authLevel of ['anonymous', 'function', 'admin'] as const) {
      app.get(authLevel, { authLevel, route: 'levels/' + authLevel, handler: () => ({ body: 'in' }) });
    }`;
  const keys = { master: 'm', host: 'h', functions: { function: 'f', admin: 'x' } };

  test.each([
    ['anonymous', '', {}, 200],
    ['function', '', {}, 401],
    ['function', '?code=wrong', {}, 401],
    ['function', '?code=f', {}, 200],
    ['function', '?code=h', {}, 200],
    ['function', '?code=m', {}, 200],
    ['function', '', { 'x-functions-key': 'f' }, 200],
    ['function', '?code=f', { 'x-functions-key': 'wrong' }, 401],
    ['admin', '?code=h', {}, 401],
    ['admin', '?code=x', {}, 401],
    ['admin', '?code=m', {}, 200],
  ])('a function of the level %s, asked with %j %j, answers %i', async (level, query, headers, status) => {
    const host = await aHost({ 'functions/levels.ts': source }, { keys });
    expect((await host.fetch(`/levels/${level}${query}`, { headers })).status).toBe(status);
  });

  test('are not asked for where there are none', async () => {
    const host = await aHost({ 'functions/levels.ts': source });
    expect((await host.fetch('/levels/admin')).status).toBe(200);
  });
});

/** Sends these bytes and reads until the server closes. */
async function overTheWire({ url }: RunningHost, bytes: string): Promise<string> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
