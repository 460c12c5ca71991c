import type { ConsentChange } from './consent.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { Entry } from './entry.ts';
import type { Head } from './head.ts';
import type { Inbox } from './inbox.ts';
import type { ConversationId } from './keys.ts';
import { readConversation } from './readConversation.ts';
import type { Timeline } from './timeline.ts';
import { withTrueFlags } from './trueFlags.ts';

/** All that is kept of a conversation; entries and history are latest first. */
export interface ConversationExport {
  readonly head: Head;
  readonly history: readonly ConsentChange[];
  readonly entries: readonly Entry[];
}

interface Reach {
  readonly store: Pick<ConversationStore, 'head' | 'entry' | 'commit'>;
  readonly inbox: Pick<Inbox, 'move' | 'touch'>;
  readonly timeline: Timeline;
}

const page = 1_000;

/** Reads a conversation whole, however long. Throws `not-found`. */
export async function exportConversation(
  id: ConversationId,
  { store, inbox, timeline }: Reach,
): Promise<ConversationExport> {
  const head = await withTrueFlags(id, await readConversation(id, store), { store, inbox });
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const read = await timeline.entries(id, page, cursor);
    entries.push(...read.items);
    cursor = read.cursor;
  } while (cursor !== undefined);
  return { head, history: await timeline.consentHistory(id), entries };
}
