import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connectionStringOf, emulatorAccount } from '../../../local/azurite.ts';
import { speaksPlainHttp, withinDeadline } from '../../../shared/adapters/storage/connection.ts';

const key = 'AccountName=a;AccountKey=a2V5';
const plain = (host: string) =>
  `DefaultEndpointsProtocol=http;${key};TableEndpoint=http://${host}/a;BlobEndpoint=http://${host}/a`;

test.each([
  `DefaultEndpointsProtocol=https;${key};EndpointSuffix=core.windows.net`,
  `${key};TableEndpoint=https://a.table.core.windows.net/`,
  'TableEndpoint=https://localhost.example/;SharedAccessSignature=sv=1',
])('%s is reached by TLS', (connection) => {
  expect(speaksPlainHttp({ connectionString: connection })).toBe(false);
});

test.each([
  'UseDevelopmentStorage=true',
  'usedevelopmentstorage = true;',
  connectionStringOf(emulatorAccount, { blob: 10_000, queue: 10_001, table: 10_002 }),
  plain('localhost:1'),
  plain('127.0.0.2'),
  plain('[::1]:1'),
])('%s stays on this machine and may do without', (connection) => {
  expect(speaksPlainHttp({ connectionString: connection })).toBe(true);
});

test.each([
  `DefaultEndpointsProtocol=http;${key};EndpointSuffix=core.windows.net`,
  plain('storage.example'),
  plain('127.0.0.1.example'),
  plain('localhost@storage.example'),
  `${plain('localhost')};QueueEndpoint=http://10.0.0.1/a`,
  `${key};TableEndpoint=http://`,
])('%s is refused: its key and its texts would go in the clear', (connection) => {
  expect(() => speaksPlainHttp({ connectionString: connection })).toThrow(
    expect.objectContaining({ code: 'invalid-configuration' }),
  );
});

test('a call that overruns its deadline is told so', async () => {
  const overrun = withinDeadline({ deadlineMs: 1 }, ({ abortSignal }) => once(abortSignal, 'abort').then(() => 'told'));
  await expect(overrun).resolves.toBe('told');
});

test.each([
  ['answered', () => Promise.resolve()],
  ['failed', () => Promise.reject(new Error('no'))],
])('a call that has %s in time leaves no timer behind', async (_, call) => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const within = withinDeadline({ deadlineMs: 600_000 }, call);
  expect(timers()).toBe(before + 1);
  await within.catch(() => {});
  expect(timers()).toBe(before);
});
