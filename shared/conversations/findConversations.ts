import { isE164, isShortCode, type PhoneNumber, parsePhoneNumber } from '../core/phoneNumbers.ts';
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

const separators = /[\s().\-\u2010-\u2015/]/g;
/** How a number of another country is dialled in most of the world, and in North America. */
const abroad = /^(00|011)(?=[1-9]\d{6,14}$)/;
/** Ten digits as North America writes them (https://www.nationalnanpa.com, NPA-NXX-XXXX). */
const northAmerican = /^[2-9]\d{2}[2-9]\d{6}$/;

/**
 * The numbers that a person may mean by what they wrote; none where it is no number. Ten digits without a country may be one
 * of North America or one that begins with its country code: both, as only what is there is found.
 */
export function numbersMeant(text: string): readonly PhoneNumber[] {
  const plain = text.replace(separators, '').replace(abroad, '+');
  const readings = northAmerican.test(plain) ? [`+1${plain}`, plain] : [plain];
  return readings.flatMap((reading) => {
    const number = parsePhoneNumber(reading);
    return number !== undefined && (isE164(number) || isShortCode(number)) ? [number] : [];
  });
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
