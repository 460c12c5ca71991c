import { QueueClient } from '@azure/storage-queue';
import { expect, onTestFinished, test, vi } from 'vitest';
import { takeAccount } from '../support/storage.ts';
import { aWorld } from '../support/world.ts';

const wake = JSON.stringify({ conversation: 'kJ0mS3kQpXy-_2VbZr8TfA', key: 'e820451439900000001AbCdEfGh-_jKlMnO' });

/** A world that finds a poisoned wake, given out so often before by a host whose process died. */
async function aWorldAfter(deaths: number) {
  const storage = takeAccount();
  const queue = new QueueClient(storage, 'wakes-poison');
  await queue.create();
  await queue.sendMessage(wake);
  for (let n = 0; n < deaths; n++)
    await vi.waitFor(async () => {
      const { receivedMessageItems } = await queue.receiveMessages({ visibilityTimeout: 1 });
      expect(receivedMessageItems).toHaveLength(1);
    }, 5_000);
  const world = await aWorld({ storage });
  onTestFinished(() => world.close());
  const poisoned = async () => {
    const health = await (await fetch(`${world.functions?.url}/api/health`)).json();
    return (health as { counts: { poisoned: number } }).counts.poisoned;
  };
  const said = (words: string) => world.logged.some((line) => JSON.stringify(line).includes(words));
  return { queue, poisoned, said };
}

const left = async (queue: QueueClient) => (await queue.getProperties()).approximateMessagesCount;

test('a poisoned wake whose settling died is put back as a new message, and health counts it', async () => {
  const { queue, poisoned, said } = await aWorldAfter(1);
  await vi.waitFor(() => expect(said('wake.put-back')).toBe(true), 10_000);
  // The old one is taken away only after the new one is there.
  await vi.waitFor(async () => expect(await left(queue)).toBe(1), 10_000);
  expect(await poisoned()).toBe(1);
});

test('a poisoned wake of nothing that is there is done with', async () => {
  const { queue } = await aWorldAfter(0);
  await vi.waitFor(async () => expect(await left(queue)).toBe(0), 10_000);
});
