import { conversationView } from './conversationView.ts';
import { type AnyHead, type Head, standing } from './head.ts';
import type { Inbox } from './inbox.ts';
import { conversationOf } from './keys.ts';

/**
 * Lets the inbox follow a head that has just been written, and never before: its row moves to where the head stands now, or,
 * where it stays and the head looks different, is touched, by which whoever polls knows that the page has changed
 * (docs/decisions/0016). Of an erased head nothing follows here: its row is taken away.
 */
export async function followHead(
  before: AnyHead | undefined,
  after: AnyHead,
  inbox: Pick<Inbox, 'move' | 'touch'>,
): Promise<void> {
  const head = standing(after);
  if (head === undefined) return;
  if (before?.inboxKey !== head.inboxKey) return inbox.move(head.service, head.inboxKey, before?.inboxKey);
  if (looksOf(standing(before)) !== looksOf(head)) await touchRow(head, inbox);
}

/** A touch that fails is not worth failing for: readers trust a page for a short while only. */
export const touchRow = ({ service, inboxKey }: Head, inbox: Pick<Inbox, 'touch'>): Promise<void> =>
  inbox.touch(service, inboxKey).catch(() => undefined);

/** All that the inbox shows of a head, whatever the time. */
const looksOf = (head: Head | undefined): string | undefined =>
  head && JSON.stringify(conversationView(conversationOf(head.inboxKey), head, 0));
