import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Clock } from '../core/time.ts';
import type { ConversationStore } from './conversationStore.ts';
import { type Head, isUnread } from './head.ts';
import type { Inbox, InboxQuery, InboxRow } from './inbox.ts';
import type { ConversationId, InboxKey } from './keys.ts';
import { versionOf } from './pageVersion.ts';
import { standingAt } from './standingAt.ts';
import type { Page } from './timeline.ts';
import { withTrueFlags } from './trueFlags.ts';

export interface ListedConversation {
  readonly id: ConversationId;
  readonly head: Head;
}

export interface ConversationPage extends Page<ListedConversation> {
  /** Of the page as it was read; `currentOf` tells whether it still is. */
  readonly version: string;
}

interface Reach {
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly store: Pick<ConversationStore, 'head' | 'entry' | 'commit'>;
}

/** How many stretches of the inbox one call reads to fill its page: a filter that fits nothing costs this many times `size` heads. */
const mostStretches = 10;

/**
 * A service number's conversations, latest first. The page may be shorter than asked, even empty, while a cursor is
 * there: filters look at heads, and the inbox knows none.
 */
export async function listConversations(query: InboxQuery, reach: Reach): Promise<ConversationPage> {
  const now = reach.clock.now();
  const items: ListedConversation[] = [];
  const rows: InboxRow[] = [];
  let { cursor } = query;
  for (let stretch = 0; stretch < mostStretches; stretch += 1) {
    // No more rows than are still wanted, because the cursor stands after the last row read.
    const read = await reach.inbox.page(query.service, query.size - items.length, cursor);
    const found = await Promise.all(read.items.map(({ key }) => listed(query.service, key, reach)));
    rows.push(...read.items);
    items.push(...found.filter((item) => item !== undefined).filter((item) => fits(query, item.head)));
    cursor = read.cursor;
    if (cursor === undefined || items.length >= query.size) break;
  }
  return { items, cursor, version: versionOf(query, { rows, cursor, heads: items.map(({ head }) => head) }, now) };
}

async function listed(service: PhoneNumber, key: InboxKey, reach: Reach): Promise<ListedConversation | undefined> {
  const found = await standingAt(service, key, reach);
  return found && { id: found.id, head: await withTrueFlags(found.id, found.head, reach) };
}

const fits = ({ unread, flag }: InboxQuery, head: Head): boolean =>
  (unread === undefined || unread === isUnread(head)) &&
  (flag === undefined || head.flags.some((raised) => raised.flag === flag));
