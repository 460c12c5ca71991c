import { type ConversationId, conversationIdOf, type EntryKey } from '../conversations/keys.ts';
import { consentChanged, type OwnEvent } from '../conversations/ownEvents.ts';
import { readConversation } from '../conversations/readConversation.ts';
import { replyKeyOf } from '../sms/draftReply.ts';
import type { ReceivedSms } from '../sms/receivedSms.ts';
import { toldOfItsConsent, toldOfMessage, toldOfText } from '../sms/toldOf.ts';
import type { Services } from './services.ts';

interface EntryRef {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
}

/**
 * Tells other systems what a text has come to, once it is kept and answered: read off the text and the stored rows, so that
 * a redelivery tells the same. Nothing is read where nobody is told.
 */
export const tellOfText = (sms: ReceivedSms, services: Services): Promise<void> =>
  services.told.publish(async (): Promise<readonly OwnEvent[]> => {
    const conversation = conversationIdOf(services.settings.conversationKey, sms.service, sms.subscriber);
    const head = await services.store.head(conversation);
    if ((head?.value.erasedAt ?? -1n) >= sms.at) return toldOfItsConsent(sms, conversation);
    const reply = await toldOfMessage({ conversation, key: replyKeyOf(sms) }, services);
    return [...toldOfText(sms, conversation), ...reply];
  });

/** The same of an outbound message, as it now stands. */
export const tellOfMessage = ({ conversation, key }: EntryRef, services: Services): Promise<void> =>
  services.told.publish(() => toldOfMessage({ conversation, key }, services));

/** The same of the consent that an agent has just changed. */
export const tellOfConsent = (conversation: ConversationId, services: Services): Promise<void> =>
  services.told.publish(async () => {
    const [{ value: head }, history] = await Promise.all([
      readConversation(conversation, services.store),
      services.timeline.consentHistory(conversation),
    ]);
    // A text may have changed it once more since.
    const change = history.find(({ by }) => by.startsWith('agent:'));
    return change === undefined ? [] : [consentChanged({ ...head, conversation }, change)];
  });
