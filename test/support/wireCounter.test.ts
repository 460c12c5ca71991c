import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { countWire, type WireOptions } from './wireCounter.ts';

/** An endpoint that echoes method, path, Host and body, behind a counter. */
async function anEcho(options?: WireOptions<'echo'>) {
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray()).toString();
    outgoing.writeHead(201, { 'x-answer': 'yes' });
    outgoing.end(JSON.stringify([incoming.method, incoming.url, incoming.headers.host, body]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire = await countWire({ echo: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, options);
  onTestFinished(async () => {
    await wire.close();
    server.close();
  });
  return wire;
}

test('what passes goes on as it came, Host and all, and is written down', async () => {
  const wire = await anEcho();
  const answer = await fetch(`${wire.urls.echo}/a/b?c=d`, { method: 'POST', body: 'text' });
  expect([answer.status, answer.headers.get('x-answer')]).toEqual([201, 'yes']);
  expect(await answer.json()).toEqual(['POST', '/a/b?c=d', new URL(wire.urls.echo).host, 'text']);
  expect(wire.requests()).toEqual([{ order: 1, to: 'echo', method: 'POST', path: '/a/b', query: 'c=d' }]);
});

test('the n-th request can be waited for, before and after it came', async () => {
  const wire = await anEcho();
  const second = wire.reached(2, ({ path }) => path === '/b');
  for (const path of ['/b', '/a', '/b']) await fetch(wire.urls.echo + path);
  expect((await second).order).toBe(3);
  expect((await wire.reached(1)).path).toBe('/b');
});

test('an answer can be lost once the request was carried out', async () => {
  const wire = await anEcho({ loseAnswer: ({ order }) => order === 1 });
  await expect(fetch(wire.urls.echo)).rejects.toThrow();
  expect((await fetch(wire.urls.echo)).status).toBe(201);
});

test('an endpoint that is not there breaks the connection', async () => {
  const wire = await countWire({ gone: 'http://127.0.0.1:1' });
  onTestFinished(() => wire.close());
  await expect(fetch(wire.urls.gone)).rejects.toThrow();
});
