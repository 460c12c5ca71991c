import { type EventReader, type Reading, readEvent } from '../events/wireEvent.ts';
import type { Services } from './services.ts';

/** What is done with an event: it is read, and then, if it is ours, carried out. */
export type EventHandler = (event: unknown, services: Services) => Reading<() => Promise<void>>;

export function handlerOf<T>(
  reader: EventReader<T>,
  handle: (value: T, services: Services) => Promise<void>,
): EventHandler {
  return (event, services) => {
    const reading = readEvent(reader, event, services.config.ACS_RESOURCE_ID);
    return reading.type === 'ours' ? { type: 'ours', value: () => handle(reading.value, services) } : reading;
  };
}
