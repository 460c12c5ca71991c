import type { EventGridEvent, InvocationContext } from '@azure/functions';
import { AppError } from '../core/errors.ts';
import { type EventReader, readEvent } from '../events/wireEvent.ts';
import { logTo } from './log.ts';
import { type Services, services } from './services.ts';

/**
 * Makes a use case the handler of an Event Grid function. Only an error that a later delivery may mend is thrown: every
 * other event that cannot be processed is kept whole in `dropped` and acknowledged, and one that is not ours is counted.
 */
export const onEvent =
  <T>(reader: EventReader<T>, handle: (value: T, services: Services) => Promise<void>) =>
  (event: EventGridEvent, context: InvocationContext): Promise<void> =>
    logTo(context, () => take(reader, handle, event));

async function take<T>(
  reader: EventReader<T>,
  handle: (value: T, services: Services) => Promise<void>,
  event: unknown,
): Promise<void> {
  const app = services();
  const reading = readEvent(reader, event, app.config.ACS_RESOURCE_ID);
  switch (reading.type) {
    case 'ignored':
      app.ignored.count++;
      app.log('info', 'event.ignored', { reason: reading.reason });
      return;
    case 'dropped':
      return drop(event, reading.reason, app);
    case 'ours':
      try {
        await handle(reading.value, app);
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
