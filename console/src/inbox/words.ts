import type { Conversation, Flag } from '../api/client.ts';

/** What a flag asks of a person, in a few words. */
export const flagWords: Readonly<Record<Flag, string>> = {
  'stop-suggested': 'may want no more texts',
  unknown: 'a text may not have arrived',
  failed: 'a text failed',
  'too-old': 'waits for an answer',
};

export const flags = Object.keys(flagWords) as readonly Flag[];

/** What is typed finds numbers by their digits, and names by their letters. */
export function found(search: string, { subscriber }: Pick<Conversation, 'subscriber'>): boolean {
  const digits = search.replace(/\D/g, '');
  return digits === '' ? subscriber.toLowerCase().includes(search.trim().toLowerCase()) : subscriber.includes(digits);
}

/** Today by the clock, this year by the day, and earlier by the date; in the reader's zone. */
export function shortTime(iso: string, now: Date): string {
  const at = new Date(iso);
  if (at.toDateString() === now.toDateString())
    return at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return at.toLocaleDateString([], { day: 'numeric', month: 'short', year });
}
