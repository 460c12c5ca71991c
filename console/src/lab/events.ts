import type { WorldEvent } from './adminApi.ts';
import { worst } from './world.ts';

export const shortType = (type: string): string => type.replace('Microsoft.Communication.', '');

/** Those of which something has this in it: the type, a number, a text, an id; latest first. */
export function eventsWith(events: readonly WorldEvent[], wanted: string): readonly WorldEvent[] {
  const words = wanted.trim().replace(/^\+/, '').toLowerCase();
  const found =
    words === '' ? events : events.filter(({ event }) => JSON.stringify(event).toLowerCase().includes(words));
  return found.toReversed();
}

/** Those that were given up, latest first. */
export const deadLettersIn = (events: readonly WorldEvent[]): readonly WorldEvent[] =>
  events.filter(({ deliveries }) => worst(deliveries) === 'dead-lettered').toReversed();
