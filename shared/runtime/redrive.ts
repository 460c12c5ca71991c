import { parseWaiting } from '../conversations/publishing.ts';
import { AppError } from '../core/errors.ts';
import type { DroppedEvent } from '../events/droppedEvents.ts';
import { callEvents } from './callEvents.ts';
import type { Services } from './services.ts';
import { smsEvents } from './smsEvents.ts';

/**
 * Drives a dropped event in again, as if Event Grid delivered it now, and takes it away once it is processed. Throws
 * `not-found`, and `conflict` with the reason if it still cannot be processed; then it stays. Safe to repeat: an event is
 * processed once, however often it comes.
 */
export async function redrive(id: string, services: Services): Promise<void> {
  const kept = await services.dropped.get(id);
  if (kept === undefined) throw new AppError('not-found', 'There is no such dropped event.');
  await process(kept, services);
  await services.dropped.remove(id);
  services.log('info', 'event.redriven', { id });
}

async function process({ event }: DroppedEvent, services: Services): Promise<void> {
  const own = parseWaiting({ events: [event], since: services.clock.now(), tries: 0 });
  if (own !== undefined) return services.told.publishAgain(own);
  const readings = Object.values({ ...smsEvents, ...callEvents }).map((handler) => handler(event, services));
  const ours = readings.find((reading) => reading.type === 'ours');
  if (ours !== undefined) return ours.value();
  const reason = readings.find(({ type }) => type === 'dropped') ?? readings[0];
  throw new AppError('conflict', `It still cannot be processed: ${reason?.type === 'ours' ? '' : reason?.reason}`);
}
