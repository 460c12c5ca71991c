import type { Consent } from '../conversations/consent.ts';
import type { ConversationStore } from '../conversations/conversationStore.ts';
import { type ConversationId, type EntryKey, entryIdOf, entryKeyOf } from '../conversations/keys.ts';
import {
  consentChanged,
  messageReceived,
  messageStatusChanged,
  type OwnEvent,
  type Parties,
} from '../conversations/ownEvents.ts';
import type { Clock } from '../core/time.ts';
import type { Keyword } from '../playbook/reservedWords.ts';
import { readKeyword } from './keywords.ts';
import { optOutOf } from './optOut.ts';
import type { ReceivedSms } from './receivedSms.ts';
import type { SmsSettings } from './smsServices.ts';

const changes: Readonly<Partial<Record<Keyword, Consent>>> = { stop: 'revoked', start: 'given' };

/** What a text tells other systems: read off the text alone, so that its redelivery tells the same. */
export function toldOfText(sms: ReceivedSms, conversation: ConversationId): readonly OwnEvent[] {
  const { at, messageId, text } = sms;
  const key = entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId }));
  const { keyword } = readKeyword(text);
  const received = messageReceived({ ...sms, conversation }, { key, at, keyword, text });
  return [received, ...toldOfItsConsent(sms, conversation)];
}

/** All that may be told of a text that was erased before it arrived. */
export function toldOfItsConsent(sms: ReceivedSms, conversation: ConversationId): readonly OwnEvent[] {
  const { keyword } = readKeyword(sms.text);
  const consent = keyword && changes[keyword];
  if (consent === undefined) return [];
  return [consentChanged({ ...sms, conversation }, { consent, at: sms.at, by: 'subscriber', source: sms.messageId })];
}

interface Reach {
  readonly store: Pick<ConversationStore, 'entry' | 'head'>;
  readonly clock: Clock;
  readonly settings: SmsSettings;
}

/**
 * What an outbound message tells as it stands now: its status, and the opt-out that its failure taught. Read back, so that
 * whoever comes to it last tells what holds, and whoever comes again tells the same. Nothing of one that is under way or gone.
 */
export async function toldOfMessage(
  { conversation, key }: { readonly conversation: ConversationId; readonly key: EntryKey },
  { store, clock, settings }: Reach,
): Promise<readonly OwnEvent[]> {
  const [entry, head] = await Promise.all([store.entry(conversation, key), store.head(conversation)]);
  if (entry?.value.direction !== 'outbound' || head?.value.subscriber === undefined) return [];
  const { service, subscriber, stopAt } = head.value;
  const parties: Parties = { conversation, service, subscriber };
  const changed = messageStatusChanged(parties, entry.value, clock.now());
  if (changed === undefined) return [];
  const optOut = optOutOf(entry.value, settings);
  const taught = changed.data.status === 'failed' && stopAt === optOut.at;
  return taught ? [changed, consentChanged(parties, optOut)] : [changed];
}
