import { afterEach, expect, test, vi } from 'vitest';
import { apiWith } from '../../console/src/api/client.ts';

afterEach(() => vi.unstubAllGlobals());

const answering = (body: string) => {
  vi.stubGlobal('fetch', async () => new Response(body));
  return apiWith(async () => 'token');
};

test.each(['<html>', '', 'null', '42'])(
  'an answer of %j is somebody else’s: what was asked may have been done',
  async (body) => {
    const api = answering(body);
    await expect(api.send('c', 'Hello', 'key')).rejects.toMatchObject({ name: 'ApiError', status: 502 });
    await expect(api.inbox({})).rejects.toMatchObject({ name: 'ApiError', status: 502 });
  },
);

test('an answer of the app is given back', async () => {
  expect(await answering('{"id":"c"}').conversation('c')).toEqual({ id: 'c' });
});
