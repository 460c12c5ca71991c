import { digest } from '../core/hash.ts';
import type { Clock } from '../core/time.ts';
import type { Head } from './head.ts';
import type { Inbox, InboxQuery, InboxRow } from './inbox.ts';

/**
 * Milliseconds for which a page that seems unchanged is believed. It bounds what rows cannot tell: a touch lost in a crash, and a
 * flag that a delivery report has settled.
 */
export const longestTrust = 30_000;

/** A query of the storage gives no more at once. */
const mostRows = 1_000;

interface ReadPage {
  /** Those that the page was made of, as they were before their heads were read. */
  readonly rows: readonly InboxRow[];
  readonly cursor?: string | undefined;
  readonly heads: readonly Head[];
}

/** `rows to ask for . until when . digest of the rows` */
const form = /^([1-9]\d{0,3})\.(\d{1,16})\.([\w-]{22})$/;

/**
 * What tells a page from any other that the same question may have: the rows that it was made of, in every state of theirs, and
 * until when that is believed, because an agent's hold ends by time alone.
 *
 * Why it never holds for a page that has changed, whatever comes between: a writer changes a head and then its row; a reader reads
 * the rows and then their heads. Were the row changed before it was read, so was the head, and the page shows it. Were it
 * changed after, the version holds the row as it was before, and no row is ever the same again.
 */
export function versionOf(query: InboxQuery, { rows, cursor, heads }: ReadPage, now: number): string {
  const ends = heads.flatMap(({ mode, modeUntil }) => (mode === 'agent' && modeUntil !== undefined ? [modeUntil] : []));
  const until = Math.min(now + longestTrust, ...ends.filter((end) => end > now));
  // Of the last page one row more, which is there if anything was put behind it.
  return `${cursor === undefined ? rows.length + 1 : rows.length}.${until}.${digestOf(query, rows)}`;
}

/**
 * Which of the versions that a reader has is still that of the page; costs one query, and none where no version can be. Those
 * of other makings, or of another question, are no version of it.
 */
export async function currentOf(
  versions: readonly string[],
  query: InboxQuery,
  { inbox, clock }: { readonly inbox: Pick<Inbox, 'page'>; readonly clock: Clock },
): Promise<string | undefined> {
  const known = versions.map((version) => form.exec(version)).find((parts) => parts !== null);
  const [version, rows, until, digested] = known ?? [];
  if (Number(rows) > mostRows || !(clock.now() < Number(until))) return undefined;
  const page = await inbox.page(query.service, Number(rows), query.cursor);
  return digestOf(query, page.items) === digested ? version : undefined;
}

const digestOf = ({ service, unread, flag, size, cursor }: InboxQuery, rows: readonly InboxRow[]): string => {
  const read = rows.map(({ key, version }) => [key, version]);
  return digest(JSON.stringify([service, unread, flag, size, cursor, read]), 16);
};
