import type { ConversationStore, Versioned } from './conversationStore.ts';
import { entriesToCheck, needsNobody, withoutEntries } from './flags.ts';
import { followHead } from './followHead.ts';
import type { Head } from './head.ts';
import type { Inbox } from './inbox.ts';
import type { ConversationId } from './keys.ts';

interface Reach {
  readonly store: Pick<ConversationStore, 'entry' | 'commit'>;
  readonly inbox: Pick<Inbox, 'move' | 'touch'>;
}

/**
 * The head with only those flags that are still true. A report settles a message and cannot know of its flag, in its one
 * blind request; so whoever reads a flagged head looks at the flagged messages, and puts the head right. Heads without such
 * flags cost nothing.
 */
export async function withTrueFlags(id: ConversationId, head: Versioned<Head>, { store, inbox }: Reach): Promise<Head> {
  const keys = entriesToCheck(head.value.flags);
  if (keys.length === 0) return head.value;
  const entries = await Promise.all(keys.map((key) => store.entry(id, key)));
  const settled = keys.filter((_, n) => needsNobody(entries[n]?.value));
  if (settled.length === 0) return head.value;
  const value = { ...head.value, flags: withoutEntries(head.value.flags, settled) };
  // If somebody else has changed the head, or it cannot be written now, the next reader comes to it.
  const written = await store.commit({ conversation: id, head: { value, etag: head.etag } }).catch(() => undefined);
  if (written?.type === 'committed') await followHead(head.value, value, inbox);
  return value;
}
