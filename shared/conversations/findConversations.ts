import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { ConversationStore } from './conversationStore.ts';
import { standing } from './head.ts';
import type { Inbox } from './inbox.ts';
import { conversationIdOf } from './keys.ts';
import type { ListedConversation } from './listConversations.ts';
import { withTrueFlags } from './trueFlags.ts';

interface Reach {
  readonly store: Pick<ConversationStore, 'head' | 'entry' | 'commit'>;
  readonly inbox: Pick<Inbox, 'move' | 'touch'>;
  readonly settings: { readonly conversationKey: string };
}

/**
 * What one of these subscribers has said to these service numbers, latest first; erased conversations are not there. One
 * head is read for each pair, however many conversations there are.
 */
export async function findConversations(
  subscribers: readonly PhoneNumber[],
  services: readonly PhoneNumber[],
  reach: Reach,
): Promise<readonly ListedConversation[]> {
  const ids = services.flatMap((service) =>
    subscribers.map((subscriber) => conversationIdOf(reach.settings.conversationKey, service, subscriber)),
  );
  const found = await Promise.all(
    ids.map(async (id): Promise<ListedConversation[]> => {
      const read = await reach.store.head(id);
      const value = standing(read?.value);
      return value === undefined ? [] : [{ id, head: await withTrueFlags(id, { value, etag: read?.etag }, reach) }];
    }),
  );
  return found.flat().sort((a, b) => (a.head.inboxKey < b.head.inboxKey ? -1 : 1));
}
