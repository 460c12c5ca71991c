import { QueueClient } from '@azure/storage-queue';
import { expect, onTestFinished, test } from 'vitest';
import { poisonedWakes } from '../../../shared/adapters/storage/poisonedWakes.ts';
import { takeAccount } from '../../support/storage.ts';
import { countStorage } from '../../support/wireCounter.ts';

test('while nothing was ever poisoned there is nothing', async () => {
  expect(await poisonedWakes({ connectionString: takeAccount() }).count()).toBe(0);
});

test('counts what waits, also what is not to be seen yet, with one request', async () => {
  const wire = await countStorage(takeAccount());
  onTestFinished(() => wire.close());
  const queue = new QueueClient(wire.connectionString, 'wakes-poison');
  await queue.create();
  await queue.sendMessage('now');
  await queue.sendMessage('later', { visibilityTimeout: 600 });
  wire.clear();
  expect(await poisonedWakes({ connectionString: wire.connectionString }).count()).toBe(2);
  expect(wire.requests()).toHaveLength(1);
});

test('a queue that cannot be reached is storage-failed', async () => {
  const connectionString = takeAccount().replace(/AccountKey=[^;]+/, 'AccountKey=d3Jvbmc=');
  await expect(poisonedWakes({ connectionString }).count()).rejects.toMatchObject({ code: 'storage-failed' });
});
