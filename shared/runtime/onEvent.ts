import type { EventGridEvent, InvocationContext } from '@azure/functions';
import { AppError } from '../core/errors.ts';
import type { EventHandler } from './eventHandler.ts';
import { logTo } from './log.ts';
import { type Services, services } from './services.ts';

/**
 * The handler of an Event Grid function. An error that a later delivery may mend is thrown, and so is a bug. Every other
 * event that cannot be processed is kept whole in `dropped` and acknowledged, and one that is not ours is counted.
 */
export const onEvent =
  (handler: EventHandler) =>
  (event: EventGridEvent, context: InvocationContext): Promise<void> =>
    logTo(context, () => take(handler, event));

async function take(handler: EventHandler, event: unknown): Promise<void> {
  const app = services();
  const reading = handler(event, app);
  switch (reading.type) {
    case 'ignored':
      app.ignored.count++;
      app.log('info', 'event.ignored', { reason: reading.reason });
      return;
    case 'dropped':
      return drop(event, reading.reason, app);
    case 'ours':
      try {
        await reading.value();
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        await drop(event, error.message, app);
      }
  }
}

async function drop(event: unknown, reason: string, { dropped, log }: Services): Promise<void> {
  await dropped.keep(event, reason);
  log('error', 'event.dropped', { reason, alarm: true });
}
