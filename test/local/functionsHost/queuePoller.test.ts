import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { expect, onTestFinished, test } from 'vitest';
import { longerPause, QueuePoller, wholeSeconds } from '../../../local/functionsHost/queuePoller.ts';
import { Lines } from './aHost.ts';

type Poll = () => readonly string[];

/** A poller whose polls come out like these, one after the other, and then find nothing. */
function aPoller(polls: Poll[], work: (message: DequeuedMessageItem) => Promise<void> = async () => {}) {
  const lines = new Lines();
  const asked: unknown[] = [];
  const receiveMessages = async (options: unknown) => {
    asked.push(options);
    const ids = polls.shift()?.() ?? [];
    return { receivedMessageItems: ids.map((messageId) => ({ messageId }) as DequeuedMessageItem) };
  };
  const createIfNotExists = async () => lines.log('info', 'created');
  const queue = { name: 'wakes', receiveMessages, createIfNotExists } as unknown as QueueClient;
  const settings = { batchSize: 16, newBatchThreshold: 8, longestPause: 100, hiddenFor: 60_500, timeScale: 100 };
  const poller = new QueuePoller({ ...settings, queue, functionName: 'wake', work, log: lines.log });
  onTestFinished(() => poller.stop());
  return { lines, asked };
}

const unreachable: Poll = () => {
  throw new Error('connect ECONNREFUSED');
};

test('storage that is away is told once, polled on, and told when it is back', async () => {
  const { lines } = aPoller([unreachable, unreachable, () => []]);
  expect(await lines.until('queue.reachable')).toMatchObject({ function: 'wake', queue: 'wakes' });
  expect(lines.of('queue.unreachable')).toMatchObject([{ level: 'warn', message: 'connect ECONNREFUSED' }]);
});

test('a queue that was deleted is made again', async () => {
  const missing: Poll = () => {
    throw Object.assign(new Error('The specified queue does not exist.'), { statusCode: 404 });
  };
  const { lines } = aPoller([missing]);
  await lines.until('created');
  expect(lines.of('queue.unreachable')).toEqual([]);
});

test('a message that storage would not let settle is told, and the others go on', async () => {
  const { lines } = aPoller([() => ['a', 'b']], async ({ messageId }) => {
    if (messageId === 'a') throw new Error('reset');
    lines.log('info', 'worked', { messageId });
  });
  expect(await lines.until('queue.unsettled')).toMatchObject({ messageId: 'a', message: 'It will come again: reset' });
  expect(await lines.until('worked')).toMatchObject({ messageId: 'b' });
});

test('a batch is asked for, hidden for whole seconds', async () => {
  const { lines, asked } = aPoller([() => ['a']], async () => lines.log('info', 'worked'));
  await lines.until('worked');
  expect(asked[0]).toEqual({ numberOfMessages: 16, visibilityTimeout: 61 });
});

test.each([
  [100, 2_000, 200],
  [1_600, 2_000, 2_000],
  [2_000, 2_000, 2_000],
  [100, 0, 100],
])('after a pause of %i ms, and never more than %i, comes one of %i', (pause, longest, next) => {
  expect(longerPause(pause, longest)).toBe(next);
});

test.each([
  [0, 0],
  [1, 1],
  [30_000, 30],
])('%i ms of visibility are %i s', (milliseconds, seconds) => {
  expect(wholeSeconds(milliseconds)).toBe(seconds);
});
