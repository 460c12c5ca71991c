import type { InvocationContext } from '@azure/functions';
import { parseWake, type QueuedWake } from '../conversations/wakeQueue.ts';
import { logTo } from './log.ts';
import { type Services, services } from './services.ts';

/**
 * Makes a use case the handler of a queue of wakes; `times`: how often the host has given the message out by now. A message that
 * is no wake can never be answered: it is kept whole in `dropped`.
 */
export const onQueue =
  (handle: (wake: QueuedWake, services: Services, times: number) => Promise<void>) =>
  (message: unknown, context: InvocationContext): Promise<void> =>
    logTo(context, async () => {
      const app = services();
      const wake = parseWake(message);
      if (wake !== undefined) return handle(wake, app, Number(context.triggerMetadata?.['dequeueCount'] ?? 1));
      await app.dropped.keep(message, 'It is not a wake.');
      app.log('error', 'wake.dropped', { alarm: true });
    });
