import { readConfig } from '../../shared/config.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import type { Head } from '../../shared/conversations/head.ts';
import { conversationIdOf, entryIdOf, entryKeyOf, inboxKeyOf } from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { smsSettings } from '../../shared/runtime/smsSettings.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import { requiredSettings } from './requiredSettings.ts';

export const tollFree = '+18005550100' as PhoneNumber;
export const local = '+14255550100' as PhoneNumber;
export const subscriber = '+14255550101' as PhoneNumber;

/** The shipped defaults, with what has none filled in. */
export const testSettings: SmsSettings = smsSettings(readConfig(requiredSettings));

const now = 1_795_485_600_000;
const conversation = conversationIdOf(testSettings.conversationKey, local, subscriber);

export const aHead = (columns: Partial<Head> = {}): Head => ({
  service: local,
  subscriber,
  last: ticksOf(now),
  preview: 'hours',
  flags: [],
  mode: 'bot',
  replies: [],
  inboxKey: inboxKeyOf(ticksOf(now), conversation),
  ...columns,
});

/** A reply that was claimed and has not been sent. */
export const anOutbound = ({ at = ticksOf(now), ...columns }: Partial<OutboundMessage> = {}): OutboundMessage => ({
  direction: 'outbound',
  key: entryKeyOf(at, 'reply', entryIdOf({ type: 'replyTo', messageId: 'm1' })),
  at,
  text: 'We are open 9 to 5.',
  purpose: 'answer',
  author: 'bot:hours',
  segments: 1,
  encoding: 'gsm7',
  createdAt: now,
  epoch: 1,
  firstSentAt: now - 10_000,
  ambiguousEpoch: 0,
  attempts: 0,
  ...columns,
});
