import type { Entry } from '../api/client.ts';

/** A message that the app has not said it took. */
export interface Outgoing {
  /** Its Idempotency-Key, the same for every try. */
  readonly key: string;
  readonly text: string;
  /** When it was written, ISO 8601. */
  readonly at: string;
  /** The latest entry that was shown then. */
  readonly after?: string | undefined;
  /** `unclear`: the app may have taken it; `refused`: it has not. */
  readonly state: 'sending' | 'unclear' | 'refused';
  readonly fault?: string | undefined;
}

export const read = (kept: string): readonly Outgoing[] => (kept === '' ? [] : JSON.parse(kept));
export const written = (list: readonly Outgoing[]): string => (list.length === 0 ? '' : JSON.stringify(list));

/** The list with one of them changed, added at the end, or (`undefined`) taken out. */
export function withOutgoing(list: readonly Outgoing[], key: string, now: Outgoing | undefined): readonly Outgoing[] {
  if (now !== undefined && !list.some((each) => each.key === key)) return [...list, now];
  return list.flatMap((each) => (each.key === key ? (now ?? []) : each));
}

/** After a reload nobody waits for an answer any more. `waits`: whether somebody does. */
export const settled = (list: readonly Outgoing[], waits: (key: string) => boolean): readonly Outgoing[] =>
  list.map((each) =>
    each.state === 'sending' && !waits(each.key)
      ? { ...each, state: 'unclear', fault: 'The page was left before the app had answered.' }
      : each,
  );

/**
 * Those that do not stand on the timeline yet. The app shows no keys, so one is known again by its words, on an agent's message
 * that is newer than what was there when it was written; each entry stands for one of them.
 */
export function unshown(list: readonly Outgoing[], entries: readonly Entry[]): readonly Outgoing[] {
  const free = entries.filter((entry) => entry.type === 'message' && entry.purpose === 'agent');
  return list.filter(({ text, after }) => {
    const n = free.findIndex(
      (entry) =>
        entry.type === 'message' &&
        entry.resendOf === undefined &&
        (after === undefined || entry.id < after) &&
        wordsOf(entry.text) === wordsOf(text),
    );
    if (n >= 0) free.splice(n, 1);
    return n < 0;
  });
}

/** Without punctuation and blanks, which the app may put more plainly. */
const wordsOf = (text: string): string => text.replace(/[\p{P}\p{S}\p{Z}\p{Cf}\n]/gu, '') || text;
