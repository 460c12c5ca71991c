import type { Versioned } from '../conversations/conversationStore.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { type ConversationId, repeatabilityIdOf, tagOf } from '../conversations/keys.ts';
import { maskNumber, type PhoneNumber } from '../core/phoneNumbers.ts';
import { type Judged, judge } from './judge.ts';
import { afterRefusal, ended, putOff, windowIsOver } from './sendPolicy.ts';
import type { SendOutcome } from './smsSender.ts';
import type { SmsServices } from './smsServices.ts';

/** A message whose claim we hold, as it was written last. */
export interface Claimed {
  readonly conversation: ConversationId;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly message: Versioned<OutboundMessage>;
}

/** Sends a claimed message and writes down what came of it. Throws only for our own storage; what the provider says ends in the message's columns. */
export async function deliver(claimed: Claimed, services: SmsServices): Promise<Judged> {
  const { clock, settings } = services;
  const { conversation } = claimed;
  const { value: message, etag } = claimed.message;
  const now = clock.now();
  if ((message.claimUntil ?? 0) - now < settings.sendMargin)
    return postpone(claimed, putOff(message, now + 1_000), services);
  if (windowIsOver(message, now, settings)) {
    const reason = 'an earlier attempt was not answered in time to try again safely.';
    const unclear = ended(message, { code: 'unclear', reason: `It may have left: ${reason}` });
    return judge({ conversation, message: unclear, etag }, services);
  }
  const outcome = await services.sender.send(smsOf(claimed), settings.sendDeadline);
  return record(claimed, outcome, services);
}

const smsOf = ({ conversation, service, subscriber, message: { value } }: Claimed) => ({
  from: service,
  to: subscriber,
  text: value.text,
  tag: tagOf(conversation, value.key),
  repeatabilityId: repeatabilityIdOf(value.key, value.epoch),
  firstSentAt: value.firstSentAt,
});

async function record(claimed: Claimed, outcome: SendOutcome, services: SmsServices): Promise<Judged> {
  const { store, clock, rand, log, settings } = services;
  const { conversation, message } = claimed;
  const fields = { conversation, entry: message.value.key, to: maskNumber(claimed.subscriber) };
  if (outcome.type === 'accepted') {
    log('info', 'sms.accepted', { ...fields, providerId: outcome.providerId });
    await store.learn(conversation, message.value.key, { acceptedAt: clock.now(), providerId: outcome.providerId });
    return 'done';
  }
  const alarm = outcome.type === 'refused-for-now' && outcome.alarm === true;
  log('warn', `sms.${outcome.type}`, { ...fields, reason: outcome.reason, alarm });
  const judged = afterRefusal(message.value, outcome, { now: clock.now(), jitter: rand.fraction() }, settings);
  if (judged.nextTryAt !== undefined) return postpone(claimed, judged, services);
  const optedOut = outcome.type === 'refused' && outcome.optedOut;
  return judge({ conversation, message: judged, etag: message.etag, optedOut }, services);
}

/** The wake comes first: a message that says it waits has one that comes. */
async function postpone(claimed: Claimed, judged: OutboundMessage, services: SmsServices): Promise<Judged> {
  const { conversation, message } = claimed;
  await services.wakes.arm({ conversation, key: judged.key }, judged.nextTryAt ?? services.clock.now());
  return judge({ conversation, message: judged, etag: message.etag }, services);
}
