import { minutesOfDay, type Span } from './openingHours.ts';

const clock = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;
const span = `${clock} ?- ?(?:${clock}|24:00)`;

/** How an owner writes the hours of a day: `closed`, `07:00-15:00` or `08:00-12:00, 13:00-17:00`. */
export const hoursForm = new RegExp(`^(?:closed|${span}(?:, ?${span})*)$`);

/** Reads hours of that form. A span that ends at or before its beginning runs over midnight. */
export function spansIn(text: string): readonly Span[] {
  if (text === 'closed') return [];
  return text.split(',').map((piece) => {
    const [from = 0, to = 0] = piece.split('-').map(minutesOf);
    return { from, to: to > from ? to : to + minutesOfDay };
  });
}

/** What is wrong with hours that have the right form, in words; `undefined` if nothing is. */
export function faultInHours(text: string): string | undefined {
  const spans = spansIn(text);
  for (const [n, { from, to }] of spans.entries()) {
    const previous = spans[n - 1];
    if (to - from === minutesOfDay && from > 0)
      return 'begins and ends at the same time; for the whole day write 00:00-24:00';
    if (previous !== undefined && from < previous.to)
      return 'has spans that overlap or are out of order; write them in order, earliest first';
  }
  return undefined;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
