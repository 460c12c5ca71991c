import { AppError } from '../core/errors.ts';
import type { ConversationStore, Versioned } from './conversationStore.ts';
import { type Head, standing } from './head.ts';
import type { ConversationId } from './keys.ts';

/** The conversation's head. Throws `not-found`. */
export async function readConversation(
  id: ConversationId,
  store: Pick<ConversationStore, 'head'>,
): Promise<Versioned<Head>> {
  const head = await store.head(id);
  const value = standing(head?.value);
  if (value === undefined) throw new AppError('not-found', 'There is no such conversation.');
  return { value, etag: head?.etag };
}
