import { describe, expect, test } from 'vitest';
import type { FunctionsHostOptions } from '../../../local/functionsHost/startFunctionsHost.ts';
import { aHost } from './aHost.ts';

const app = `
  import { app } from '@azure/functions';
  app.http('thing', { methods: ['GET', 'POST'], handler: () => ({ jsonBody: {}, headers: { 'X-Own': 'yes' } }) });
  app.get('fails', () => { throw new Error('no'); });`;

const page = 'http://localhost:5173';
const host = (cors?: FunctionsHostOptions['cors']) => aHost({ 'functions/thing.ts': app }, { cors });
const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  },
});
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

describe('a page of an origin that is listed', () => {
  test('may ask beforehand for any method and header, and the app is not asked', async () => {
    const response = await (await host([page])).fetch('/thing', preflight(page));
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(corsOf(response)).toEqual({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,content-type',
      vary: 'Origin',
    });
  });

  test.each([
    ['/thing', 200],
    ['/fails', 500],
    ['/nothing', 404],
  ])('may read the answer of %s', async (path, status) => {
    const response = await (await host(['https://desk.example', page])).fetch(path, { headers: { origin: page } });
    expect(response.status).toBe(status);
    expect(corsOf(response)).toEqual({ 'access-control-allow-origin': page, vary: 'Origin' });
  });
});

test.each(['http://localhost:5174', 'https://localhost:5173', 'http://localhost:51733', 'null'])(
  'a page of %s may neither ask beforehand nor read',
  async (origin) => {
    const { fetch } = await host([page]);
    const asked = await fetch('/thing', preflight(origin));
    expect([asked.status, corsOf(asked)]).toEqual([204, {}]);
    expect(corsOf(await fetch('/thing', { headers: { origin } }))).toEqual({});
  },
);

test('without a list no page may, and a preflight is a request like any other', async () => {
  const { fetch } = await host();
  const asked = await fetch('/thing', preflight(page));
  expect([asked.status, corsOf(asked)]).toEqual([404, {}]);
  expect(corsOf(await fetch('/thing', { headers: { origin: page } }))).toEqual({});
});

test('who is no page notices nothing', async () => {
  expect(corsOf(await (await host([page])).fetch('/thing'))).toEqual({});
});

test.each(['*', 'localhost:5173', `${page}/`, `${page}/page`, 'file:///page', ''])(
  '%j is no origin',
  async (origin) => {
    await expect(host([origin])).rejects.toThrow(`not "${origin}"`);
  },
);
