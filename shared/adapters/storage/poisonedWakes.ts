import type { PoisonedWakes } from '../../conversations/wakeQueue.ts';
import { deadlineOf, type StorageConnection, speaksPlainHttp } from './connection.ts';
import { storageFailed } from './failure.ts';
import { isQueueMissing, queueClient, queues } from './queueClient.ts';

/** Counts the messages of the queue `wakes-poison`, with one request. While nothing was ever poisoned there is no queue, and nothing in it. */
export function poisonedWakes(options: StorageConnection): PoisonedWakes {
  speaksPlainHttp(options);
  const client = queueClient(queues.settling, options);

  return {
    async count() {
      try {
        const { approximateMessagesCount } = await (await client()).getProperties(deadlineOf(options));
        return approximateMessagesCount ?? 0;
      } catch (error) {
        if (isQueueMissing(error)) return 0;
        throw storageFailed(`Counting the messages of queue ${queues.settling}`, error);
      }
    },
  };
}
