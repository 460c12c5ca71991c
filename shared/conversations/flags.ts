import type { Entry } from './entry.ts';
import type { EntryKey } from './keys.ts';
import { statusOf } from './status.ts';

/**
 * What a person should look at: a text that reads like a wish to be left alone; a message that may have left; one that
 * failed; an automatic reply that was not sent because it was too old by then.
 */
export type Flag = 'stop-suggested' | 'unknown' | 'failed' | 'too-old';

/** A flag, and the entries that it stands for: with them it can be told whether it is still true. */
export interface Raised {
  readonly flag: Flag;
  /** Latest first, a few at most. */
  readonly entries: readonly EntryKey[];
  /** It stands for others too, of which nothing is kept: only a person can settle it. */
  readonly others?: boolean | undefined;
}

/** Entries kept of each flag: a reader looks at every one of them. */
const mostEntries = 5;

/** The flag raised, for an entry more. The same for the same entries, in whatever order they come. */
export function withFlag(raised: readonly Raised[], flag: Flag, entry: EntryKey): readonly Raised[] {
  const known = raised.find((each) => each.flag === flag);
  const all = [...new Set([...(known?.entries ?? []), entry])].sort();
  const others = known?.others || all.length > mostEntries || undefined;
  const next: Raised = { flag, entries: all.slice(0, mostEntries), others };
  return known === undefined ? [...raised, next] : raised.map((each) => (each === known ? next : each));
}

/** What stays raised when these entries need nobody any more; the same array if none of them was flagged. */
export function withoutEntries(raised: readonly Raised[], settled: readonly EntryKey[]): readonly Raised[] {
  if (!raised.some(({ entries }) => entries.some((entry) => settled.includes(entry)))) return raised;
  return raised
    .map((each) => ({ ...each, entries: each.entries.filter((entry) => !settled.includes(entry)) }))
    .filter(({ entries, others }) => others || entries.length > 0);
}

/** What stays raised when a person has seen to these flags; the same array if none of them was up. */
export const withoutFlags = (raised: readonly Raised[], settled: readonly Flag[]): readonly Raised[] =>
  raised.some(({ flag }) => settled.includes(flag)) ? raised.filter(({ flag }) => !settled.includes(flag)) : raised;

/** The entries of flags that may settle by themselves: a report may still tell what became of a message. */
export const entriesToCheck = (raised: readonly Raised[]): readonly EntryKey[] =>
  raised.filter(({ flag }) => flag !== 'stop-suggested').flatMap(({ entries }) => entries);

/** It arrived after all, or at least left; or it was erased. */
export const needsNobody = (entry: Entry | undefined): boolean =>
  entry?.direction !== 'outbound' || ['accepted', 'delivered'].includes(statusOf(entry));
