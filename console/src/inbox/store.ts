import type { Conversation, Page } from '../api/client.ts';
import { joined, readUntil } from '../app/pages.ts';

/** What is known of an inbox, without a gap from the latest conversation down to where `cursor` goes on. */
export interface Loaded {
  /** Latest first. */
  readonly items: readonly Conversation[];
  /** Where older ones begin; absent once the very first is there. */
  readonly cursor?: string | undefined;
}

/** A page that begins below the instant `below`, or at the top. */
interface Stretch {
  readonly page: Page<Conversation>;
  readonly below?: string | undefined;
}

/** Reads a page, latest first; without a cursor the first. */
export type ReadPage = (cursor?: string) => Promise<Page<Conversation>>;

/** The first page, and as many below it as it takes to meet what is known. */
export const readNews = (known: Loaded | undefined, read: ReadPage): Promise<Page<Conversation>> =>
  readUntil(read, (news) => meets(known, news));

/** What is known after news; what they do not meet is let go. */
export const withNews = (known: Loaded | undefined, page: Page<Conversation>): Loaded =>
  known === undefined || !meets(known, page)
    ? { items: page.items, cursor: page.cursor }
    : withStretch(known, { page });

/**
 * What is known after a page: it replaces whatever stood in its span, so that what it lacks is gone. A filtered page may be
 * empty while more follow; then its span is not known, and nothing is taken away.
 */
export function withStretch(known: Loaded, { page, below }: Stretch): Loaded {
  const bottom = page.items.at(-1)?.lastAt;
  if (bottom === undefined && page.cursor !== undefined) return known;
  const above = known.items.filter(({ lastAt }) => below !== undefined && lastAt >= below);
  const under = known.items.filter(
    ({ lastAt }) => page.cursor !== undefined && bottom !== undefined && lastAt < bottom,
  );
  const items = joined(joined(above, page.items), under);
  if (under.length > 0) return { items: sameIfSame(known.items, items), cursor: known.cursor };
  return { items: sameIfSame(known.items, items), cursor: page.cursor };
}

/** What is known after the page that its cursor leads to, also if that is empty. */
export function withOlder(known: Loaded, page: Page<Conversation>): Loaded {
  return { ...withStretch(known, { page, below: known.items.at(-1)?.lastAt ?? '' }), cursor: page.cursor };
}

/** Where the next of the looks that go all the way down reads on, and from below what; at the end none is left. */
export interface Sweep {
  readonly cursor: string;
  readonly below: string | undefined;
}

export function nextSweep(known: Loaded, { page, below }: Stretch): Sweep | undefined {
  const reached = page.items.at(-1)?.lastAt ?? below;
  const last = known.items.at(-1)?.lastAt;
  if (page.cursor === undefined || last === undefined || (reached !== undefined && reached <= last)) return undefined;
  return { cursor: page.cursor, below: reached };
}

/** The very same list if nothing in it is new, so that nobody draws it again. */
const sameIfSame = <T>(before: readonly T[], now: readonly T[]): readonly T[] =>
  before.length === now.length && before.every((each, n) => each === now[n]) ? before : now;

/** News reach down to what is known, or cannot leave a gap: there is nothing below them, or nothing in them. */
function meets(known: Loaded | undefined, { items, cursor }: Page<Conversation>): boolean {
  const [latestKnown, oldestNew] = [known?.items[0], items.at(-1)];
  if (cursor === undefined || latestKnown === undefined || oldestNew === undefined) return true;
  return oldestNew.lastAt <= latestKnown.lastAt;
}
