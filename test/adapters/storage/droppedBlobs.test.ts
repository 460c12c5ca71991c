import { BlobServiceClient } from '@azure/storage-blob';
import { expect, onTestFinished, test } from 'vitest';
import { droppedBlobs } from '../../../shared/adapters/storage/droppedBlobs.ts';
import { takeAccount } from '../../support/storage.ts';
import { countStorage } from '../../support/wireCounter.ts';

const start = Date.parse('2026-11-24T04:38:00Z');
const event = { id: '1', eventTime: '2026-11-23T23:59:59.1234567Z', data: { message: 'Grüße 🙂' } };

async function aStore() {
  const wire = await countStorage(takeAccount());
  onTestFinished(() => wire.close());
  const { connectionString } = wire;
  let now = start;
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('dropped');
  async function kept() {
    const all: { name: string; body: unknown }[] = [];
    for await (const { name } of container.listBlobsFlat()) {
      all.push({ name, body: JSON.parse((await container.getBlobClient(name).downloadToBuffer()).toString()) });
    }
    return all;
  }
  const pass = (ms: number) => {
    now += ms;
  };
  return { wire, kept, pass, dropped: droppedBlobs({ connectionString, clock: { now: () => now } }) };
}

test('an event is kept whole, with its reason and when, under its own day', async () => {
  const { dropped, kept } = await aStore();
  await dropped.keep(event, 'its sender cannot be read');
  const [only, ...others] = await kept();
  expect(others).toEqual([]);
  expect(only?.name).toMatch(/^2026-11-23\/[\w-]{22}\.json$/);
  expect(only?.body).toEqual({ event, reason: 'its sender cannot be read', keptAt: '2026-11-24T04:38:00.000Z' });
});

test('kept twice it is one, as it was the first time, even a day later', async () => {
  const { dropped, kept, pass } = await aStore();
  await dropped.keep(event, 'first');
  pass(24 * 3_600_000);
  await dropped.keep(structuredClone(event), 'second');
  expect(await kept()).toMatchObject([{ body: { reason: 'first' } }]);
  expect(await dropped.count()).toBe(1);
});

test.each([
  [{ time: '2026-01-02T03:04:05Z' }, '2026-01-02'],
  [{ time: 5 }, 'undated'],
  ['text', 'undated'],
  [null, 'undated'],
  [undefined, 'undated'],
])('%j is kept under %s', async (odd, day) => {
  const { dropped, kept } = await aStore();
  await dropped.keep(odd, 'odd');
  expect((await kept()).map(({ name }) => name.split('/')[0])).toEqual([day]);
});

test('different events are counted, and none where nothing was ever kept', async () => {
  const { dropped } = await aStore();
  expect(await dropped.count()).toBe(0);
  await dropped.keep(event, 'a');
  await dropped.keep({ ...event, id: '2' }, 'b');
  expect(await dropped.count()).toBe(2);
});

test('keeping costs one request, once the container is there', async () => {
  const { dropped, wire } = await aStore();
  await dropped.keep(event, 'a');
  expect(wire.requests()).toHaveLength(3);
  wire.clear();
  await dropped.keep({ ...event, id: '2' }, 'b');
  await dropped.keep(event, 'again');
  expect(wire.requests().map(({ method }) => method)).toEqual(['PUT', 'PUT']);
});

test('storage that cannot be reached is storage-failed', async () => {
  const connectionString = takeAccount().replace(/AccountKey=[^;]+/, 'AccountKey=d3Jvbmc=');
  const dropped = droppedBlobs({ connectionString, clock: { now: () => start } });
  const refused = { code: 'storage-failed', message: expect.stringMatching(/failed: 403 AuthorizationFailure\.$/) };
  await expect(dropped.keep(event, 'a')).rejects.toMatchObject(refused);
  await expect(dropped.count()).rejects.toMatchObject(refused);
});
