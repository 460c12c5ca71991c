import type { QueuedWake, WakeQueue } from '../../conversations/wakeQueue.ts';
import type { Clock } from '../../core/time.ts';
import { deadlineOf, type StorageConnection, speaksPlainHttp } from './connection.ts';
import { storageFailed } from './failure.ts';
import { onceMade } from './onceMade.ts';
import { isQueueMissing, queueClient, queues } from './queueClient.ts';

/** https://learn.microsoft.com/rest/api/storageservices/put-message */
const longestDelay = 7 * 24 * 60 * 60;
/** A wake that outlived its time still has to be seen, however long the app was down. */
const never = -1;

/** Wakes as queue messages in plain JSON (host.json says `messageEncoding: none`), hidden until their time. The SDK is evaluated at first use. */
export function wakeQueue(options: StorageConnection & { readonly clock: Clock }): WakeQueue {
  speaksPlainHttp(options);
  const wakes = queue(queues.wakes, options);
  const settling = queue(queues.settling, options);
  const delayTo = (at: number) => Math.ceil((at - options.clock.now()) / 1_000);

  return {
    arm: (wake, at) => wakes(wake, delayTo(at)),
    armSettling: (wake, at) => settling(wake, delayTo(at)),
  };
}

/** Puts wakes into one queue, which is made when it is missing; `delay` in seconds, cut to what the service takes. */
function queue(name: string, options: StorageConnection): (wake: QueuedWake, delay: number) => Promise<void> {
  const client = queueClient(name, options);
  const made = onceMade(isQueueMissing, async () => (await client()).createIfNotExists(deadlineOf(options)));

  return async (wake, delay) => {
    const body = JSON.stringify(wake);
    const visibilityTimeout = Math.min(Math.max(delay, 0), longestDelay);
    try {
      await made(async () => {
        const sending = { visibilityTimeout, messageTimeToLive: never, ...deadlineOf(options) };
        return (await client()).sendMessage(body, sending);
      });
    } catch (error) {
      throw storageFailed(`Putting a message into queue ${name}`, error);
    }
  };
}
