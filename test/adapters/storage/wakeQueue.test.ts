import { QueueServiceClient } from '@azure/storage-queue';
import { expect, onTestFinished, test } from 'vitest';
import { wakeQueue } from '../../../shared/adapters/storage/wakeQueue.ts';
import { entryIdOf, entryKeyOf, parseConversationId } from '../../../shared/conversations/keys.ts';
import { parseWake, type Wake } from '../../../shared/conversations/wakeQueue.ts';
import { ticksOf } from '../../../shared/core/time.ts';
import { takeAccount } from '../../support/storage.ts';
import { countStorage } from '../../support/wireCounter.ts';

const now = Date.now();
const wake: Wake = {
  conversation: parseConversationId('abcdefghijklmnopqrst_-')!,
  key: entryKeyOf(ticksOf(now), 'reply', entryIdOf({ type: 'inbound', messageId: 'm' })),
};

async function aQueue() {
  const wire = await countStorage(takeAccount());
  onTestFinished(() => wire.close());
  const { connectionString } = wire;
  const service = QueueServiceClient.fromConnectionString(connectionString);
  const read = async (queue: string) => (await service.getQueueClient(queue).receiveMessages()).receivedMessageItems;
  return { wire, read, queue: wakeQueue({ connectionString, clock: { now: () => now } }) };
}

test('a wake for now is there now, in plain JSON, and never expires', async () => {
  const { queue, read } = await aQueue();
  await queue.arm({ ...wake, misses: 1 }, now - 5_000);
  const [message] = await read('wakes');
  expect(parseWake(JSON.parse(message?.messageText ?? ''))).toEqual({ ...wake, misses: 1 });
  expect(message?.expiresOn.getUTCFullYear()).toBe(9999);
});

test('a wake for later is hidden until then, rounded up to a second, and at most a week', async () => {
  const { wire, queue, read } = await aQueue();
  await queue.arm(wake, now);
  wire.clear();
  for (const ms of [1, 60_000, 60_001, 30 * 24 * 3_600_000]) await queue.arm(wake, now + ms);
  const timeouts = wire.requests().map(({ query }) => new URLSearchParams(query).get('visibilitytimeout'));
  expect(timeouts).toEqual(['1', '60', '61', '604800']);
  expect(await read('wakes')).toHaveLength(1);
});

test('what could not be settled goes back among the poisoned', async () => {
  const { queue, read } = await aQueue();
  await queue.armSettling(wake, now);
  expect((await read('wakes-poison')).map(({ messageText }) => parseWake(JSON.parse(messageText)))).toEqual([wake]);
});

test('arming costs one request, once the queue is there', async () => {
  const { wire, queue } = await aQueue();
  const took = () => wire.requests().map(({ method, path }) => `${method} ${path.split('/').slice(2).join('/')}`);
  await queue.arm(wake, now);
  expect(took()).toEqual(['POST wakes/messages', 'PUT wakes', 'POST wakes/messages']);
  wire.clear();
  await queue.arm(wake, now);
  expect(took()).toEqual(['POST wakes/messages']);
});

test('a queue that cannot be reached is storage-failed', async () => {
  const connectionString = takeAccount().replace(/AccountKey=[^;]+/, 'AccountKey=d3Jvbmc=');
  const armed = wakeQueue({ connectionString, clock: { now: () => now } }).arm(wake, now);
  await expect(armed).rejects.toMatchObject({
    code: 'storage-failed',
    message: expect.stringMatching(/^Putting a message into queue wakes failed: 403 \w+\.$/),
  });
});
