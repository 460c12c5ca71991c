import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { ConversationStore } from './conversationStore.ts';
import { type Flag, type Head, isUnread } from './head.ts';
import type { Inbox } from './inbox.ts';
import type { ConversationId } from './keys.ts';
import { standingAt } from './standingAt.ts';
import type { Page } from './timeline.ts';

export interface InboxQuery {
  readonly service: PhoneNumber;
  /** Only the unread, or only the read. */
  readonly unread?: boolean | undefined;
  readonly flag?: Flag | undefined;
  readonly size: number;
  readonly cursor?: string | undefined;
}

export interface ListedConversation {
  readonly id: ConversationId;
  readonly head: Head;
}

interface Reach {
  readonly inbox: Inbox;
  readonly store: Pick<ConversationStore, 'head'>;
}

/** How many stretches of the inbox one call reads to fill its page: a filter that fits nothing costs this many times `size` heads. */
const mostStretches = 10;

/**
 * A service number's conversations, latest first. The page may be shorter than asked, even empty, while a cursor is
 * there: filters look at heads, and the inbox knows none.
 */
export async function listConversations(query: InboxQuery, reach: Reach): Promise<Page<ListedConversation>> {
  const items: ListedConversation[] = [];
  let { cursor } = query;
  for (let stretch = 0; stretch < mostStretches; stretch += 1) {
    // No more rows than are still wanted, because the cursor stands after the last row read.
    const rows = await reach.inbox.page(query.service, query.size - items.length, cursor);
    const found = await Promise.all(rows.items.map((key) => standingAt(query.service, key, reach)));
    items.push(...found.filter((item) => item !== undefined).filter((item) => fits(query, item.head)));
    cursor = rows.cursor;
    if (cursor === undefined || items.length >= query.size) break;
  }
  return { items, cursor };
}

const fits = ({ unread, flag }: InboxQuery, head: Head): boolean =>
  (unread === undefined || unread === isUnread(head)) && (flag === undefined || head.flags.includes(flag));
