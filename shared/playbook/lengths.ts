import type { Placeholder } from './template.ts';
import { placeholdersIn, withoutPlaceholders } from './template.ts';

/**
 * The longest times and dates any language has, in characters, with room to spare; a test holds every language of this
 * Node to them. So a length can be judged without writing a date.
 */
export const longestTime = 24;
export const longestDate = 60;
const longestSpan = 2 * longestTime + ', -'.length;
const longestNumber = '+'.length + 15;

/** What a playbook says of itself, as far as it bears on how long its texts get. */
export interface Extent {
  readonly name: string;
  readonly closedWord: string;
  /** How many spans each day of the week has, and the most that any day has. */
  readonly spansOfWeek: readonly number[];
  readonly mostSpans: number;
}

/** No text made of this template is longer, in characters. */
export function longestText(template: string, extent: Extent): number {
  const values = placeholdersIn(template).map((placeholder) => longestValue(placeholder, extent));
  return withoutPlaceholders(template).length + values.reduce((sum, length) => sum + length, 0);
}

function longestValue(placeholder: Placeholder, { name, closedWord, spansOfWeek, mostSpans }: Extent): number {
  const moment = longestDate + ', '.length + longestTime;
  switch (placeholder) {
    case 'business':
      return name.length;
    case 'number':
      return longestNumber;
    case 'date':
      return longestDate;
    case 'hours.today':
      return Math.max(closedWord.length, mostSpans * longestSpan);
    case 'hours.week':
      return spansOfWeek.reduce((sum, spans) => sum + spans * longestSpan + 2 * longestDate, closedWord.length);
    case 'hours.next':
    case 'hours.until':
      return Math.max(closedWord.length, moment);
  }
}
