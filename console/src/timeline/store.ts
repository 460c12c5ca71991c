import type { Entry, Page } from '../api/client.ts';
import { readUntil } from '../app/pages.ts';

/** What is known of a timeline, without a gap from its latest entry back to where `cursor` goes on. */
export interface Loaded {
  /** Oldest first. Their ids tell the order: the later the entry, the lower its id. */
  readonly entries: readonly Entry[];
  /** Where older ones begin; absent once the very first is there. */
  readonly cursor?: string | undefined;
}

/** Reads a page, latest first; without a cursor the first. */
export type ReadPage = (cursor?: string) => Promise<Page<Entry>>;

/** The latest page, and as many before it as it takes to meet what is known already. */
export const readNews = (known: Loaded | undefined, read: ReadPage): Promise<Page<Entry>> =>
  readUntil(read, (news) => known === undefined || meets(known, news));

/** What is known after news: they replace whatever stood in their span, and what they do not meet is let go. */
export function withNews(known: Loaded | undefined, news: Page<Entry>): Loaded {
  const { items, cursor } = news;
  const oldest = items.at(-1);
  if (known === undefined || oldest === undefined || cursor === undefined || !meets(known, news))
    return { entries: items.toReversed(), cursor };
  return {
    entries: [...known.entries.filter(({ id }) => id > oldest.id), ...items.toReversed()],
    cursor: known.cursor,
  };
}

/** What is known after the page that its cursor leads to. */
export const withOlder = (known: Loaded, { items, cursor }: Page<Entry>): Loaded => ({
  entries: [...items.toReversed(), ...known.entries],
  cursor,
});

/** What is known after an entry as an answer showed it, new or changed. */
export function withEntry(known: Loaded, entry: Entry): Loaded {
  const later = known.entries.filter(({ id }) => id < entry.id);
  const earlier = known.entries.filter(({ id }) => id > entry.id);
  return { ...known, entries: [...earlier, entry, ...later] };
}

/** Whether an entry that is not there can still be among the older ones. */
export const mayBeOlder = ({ entries, cursor }: Loaded, id: string): boolean =>
  cursor !== undefined && (entries[0] === undefined || id > entries[0].id);

/** News reach down to what is known, or there is nothing before them. */
function meets({ entries }: Loaded, { items, cursor }: Page<Entry>): boolean {
  const [latestKnown, oldestNew] = [entries.at(-1), items.at(-1)];
  if (cursor === undefined || latestKnown === undefined || oldestNew === undefined) return true;
  return oldestNew.id >= latestKnown.id;
}
