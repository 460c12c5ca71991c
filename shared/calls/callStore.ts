import type { CallEntry } from '../conversations/callEntry.ts';
import type { ConversationStore, Versioned } from '../conversations/conversationStore.ts';
import type { CallRef } from './recordings.ts';

/** The call's entry; `undefined`: there is none, or it was erased. */
export async function callAt(
  { conversation, key }: CallRef,
  store: Pick<ConversationStore, 'entry'>,
): Promise<Versioned<CallEntry> | undefined> {
  const read = await store.entry(conversation, key);
  return read?.value.direction === 'call' ? { value: read.value, etag: read.etag } : undefined;
}
