import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { ConversationStore, Versioned } from './conversationStore.ts';
import { type Head, standing } from './head.ts';
import type { Inbox } from './inbox.ts';
import { type ConversationId, conversationOf, type InboxKey } from './keys.ts';

interface Reach {
  readonly inbox: Pick<Inbox, 'move' | 'remove'>;
  readonly store: Pick<ConversationStore, 'head'>;
}

export interface Standing {
  readonly id: ConversationId;
  readonly head: Versioned<Head>;
}

/**
 * The conversation to which a row points, unless it no longer stands there; then the row is put where its head says, so
 * that whoever died between writing the head and moving the row leaves nothing behind.
 */
export async function standingAt(
  service: PhoneNumber,
  key: InboxKey,
  { inbox, store }: Reach,
): Promise<Standing | undefined> {
  const id = conversationOf(key);
  const read = await store.head(id);
  const shown = standing(read?.value);
  if (shown?.inboxKey === key) return { id, head: { value: shown, etag: read?.etag } };
  if (shown === undefined) await inbox.remove(service, key);
  else await inbox.move(service, shown.inboxKey, key);
  return undefined;
}
