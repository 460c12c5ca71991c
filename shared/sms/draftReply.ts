import { withConsent } from '../conversations/consent.ts';
import type { Commit, Versioned } from '../conversations/conversationStore.ts';
import type { InboundMessage, OutboundMessage } from '../conversations/entry.ts';
import { withFlag } from '../conversations/flags.ts';
import { type AnyHead, type Head, keptOf, modeAt, standing } from '../conversations/head.ts';
import { type ConversationId, type EntryKey, entryIdOf, entryKeyOf, inboxKeyOf } from '../conversations/keys.ts';
import { previewOf } from '../conversations/preview.ts';
import { isE164, maskNumber } from '../core/phoneNumbers.ts';
import { later, msOf } from '../core/time.ts';
import { answer, helpText, startConfirmation, stopConfirmation } from '../playbook/answer.ts';
import type { Answer, Asked } from '../playbook/responder.ts';
import { admitReply } from './admit.ts';
import { compose } from './compose.ts';
import { type Decision, decide } from './decide.ts';
import { flaggedFor } from './flagFor.ts';
import { kindOf } from './numberKinds.ts';
import type { ReceivedSms } from './receivedSms.ts';
import { budgetLeft, repliesWith } from './replyBudget.ts';
import type { Taken } from './segmentAllowance.ts';
import type { Attempt } from './sendPolicy.ts';
import type { SmsServices } from './smsServices.ts';

/** What stood before the text, and who is about to change it. */
export interface Standing {
  readonly conversation: ConversationId;
  readonly head: Versioned<AnyHead> | undefined;
  readonly attempt: Attempt;
}

/** One decision, ready to be committed. */
export interface Drafted {
  readonly commit: Commit;
  readonly head: Head;
  readonly reply: OutboundMessage | undefined;
  /** Segments of the day, to be given back if the commit does not come about. */
  readonly taken?: Taken | undefined;
}

/** Where the reply to a text stands, if it has one; known from its event alone. */
export const replyKeyOf = ({ at, messageId }: ReceivedSms): EntryKey =>
  entryKeyOf(at, 'reply', entryIdOf({ type: 'replyTo', messageId }));

const inboundKeyOf = ({ at, messageId }: ReceivedSms): EntryKey =>
  entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId }));

/** Decides what a text calls for and writes all of it down as one commit. */
export async function draftReply(
  sms: ReceivedSms,
  { conversation, head: read, attempt }: Standing,
  services: SmsServices,
): Promise<Drafted> {
  const before = read?.value;
  const decision = decideOn(sms, before, attempt.now, services);
  const inbound = inboundOf(sms, decision, attempt.now);
  const said = await replyTo(sms, decision, standing(before) === undefined, services);
  const message = said && compose({ key: replyKeyOf(sms), ...said, replyTo: inbound.key }, attempt, services.settings);
  const { service, subscriber } = sms;
  const admitted = message && (await admitReply({ message, service, subscriber, head: standing(before) }, services));
  const reply = admitted?.message;
  const replied = reply ? attempt.now : undefined;
  const after = headAfter(sms, { before, decision, conversation, replied }, services);
  const head = {
    ...(reply === undefined ? after : flaggedFor(after, reply)),
    ...(admitted?.spent !== undefined && { spent: admitted.spent }),
  };
  const consent = consentIn(sms, decision);
  const create = reply === undefined ? [inbound] : [inbound, reply];
  const commit = { conversation, head: { value: head, etag: read?.etag }, create, consent };
  return { commit, head, reply, taken: admitted?.taken };
}

/** What a keyword changes, with what it rests on. */
const consentIn = (sms: ReceivedSms, { keyword, consent }: Pick<Decision, 'keyword' | 'consent'>) =>
  consent && {
    consent,
    at: sms.at,
    by: 'subscriber',
    reason: `The subscriber texted ${keyword?.toUpperCase()}.`,
    source: sms.messageId,
  };

/**
 * A text that was erased before it arrived: all that is kept is its change of consent, because a STOP that arrives late
 * still counts. `undefined`: it changes none.
 */
export function draftErased(sms: ReceivedSms, standing: Standing, services: SmsServices): Commit | undefined {
  const { conversation, head: read, attempt } = standing;
  if (read === undefined) return undefined;
  const consent = consentIn(sms, decideOn(sms, read.value, attempt.now, services));
  return consent && { conversation, head: { value: withConsent(read.value, consent), etag: read.etag }, consent };
}

function decideOn(
  sms: ReceivedSms,
  before: AnyHead | undefined,
  now: number,
  { settings, log }: SmsServices,
): Decision {
  const head = standing(before);
  const answerable = budgetLeft(head, now, settings.replyBudget);
  // A sender's name or a short code cannot be texted, and one of our own numbers would answer us for ever.
  const isPerson = isE164(sms.subscriber) && !settings.serviceNumbers.has(sms.subscriber);
  if (!answerable) log('warn', 'sms.budget-exhausted', { from: maskNumber(sms.subscriber) });
  return decide(sms.text, {
    at: sms.at,
    consent: before ?? {},
    kind: settings.serviceNumbers.get(sms.service) ?? kindOf(sms.service),
    mode: head === undefined ? 'bot' : modeAt(head, now),
    answerable: answerable && isPerson,
  });
}

const inboundOf = (sms: ReceivedSms, decision: Decision, now: number): InboundMessage => ({
  direction: 'inbound',
  key: inboundKeyOf(sms),
  at: sms.at,
  text: sms.text,
  messageId: sms.messageId,
  receivedAt: now,
  keyword: decision.keyword,
  suggestsStop: decision.suggestsStop || undefined,
});

async function replyTo(sms: ReceivedSms, decision: Decision, firstContact: boolean, services: SmsServices) {
  const { reply: purpose } = decision;
  if (purpose === undefined) return undefined;
  const { text, service, subscriber } = sms;
  const said = await say(purpose, { text, service, subscriber, firstContact, at: msOf(sms.at) }, services);
  return said && { text: said.text, purpose, author: `bot:${said.rule}` };
}

async function say(
  purpose: NonNullable<Decision['reply']>,
  asked: Asked,
  { playbook, responders, log }: SmsServices,
): Promise<Answer | undefined> {
  switch (purpose) {
    case 'answer':
      return answer(playbook, responders, asked, ({ message }) =>
        log('error', 'responder.failed', { reason: message }),
      );
    case 'help':
      return { text: helpText(playbook, asked), rule: purpose };
    case 'stop-confirmation':
      return { text: stopConfirmation(playbook, asked), rule: purpose };
    case 'start-confirmation':
      return { text: startConfirmation(playbook, asked), rule: purpose };
  }
}

interface Change {
  readonly before: AnyHead | undefined;
  readonly decision: Decision;
  readonly conversation: ConversationId;
  /** When an automatic reply was decided, if one was; milliseconds since 1970. */
  readonly replied: number | undefined;
}

function headAfter(sms: ReceivedSms, change: Change, { settings }: SmsServices): Head {
  const { decision, conversation, replied } = change;
  const before = standing(change.before);
  const last = before === undefined ? sms.at : later(before.last, sms.at);
  const replies = replied === undefined ? (before?.replies ?? []) : repliesWith(before, replied, settings.replyBudget);
  const head: Head = {
    ...keptOf(change.before),
    service: sms.service,
    subscriber: sms.subscriber,
    last,
    preview: latestPreview(sms, before),
    lastInbound: before?.lastInbound === undefined ? sms.at : later(before.lastInbound, sms.at),
    replies,
    inboxKey: inboxKeyOf(last, conversation),
  };
  const marked = decision.suggestsStop
    ? { ...head, flags: withFlag(head.flags, 'stop-suggested', inboundKeyOf(sms)) }
    : head;
  return decision.consent === undefined ? marked : withConsent(marked, { consent: decision.consent, at: sms.at });
}

/** Of texts of one instant the one that reads first stands: whichever came first, the same. */
function latestPreview(sms: ReceivedSms, before: Head | undefined): string {
  const preview = previewOf(sms.text);
  if (before === undefined || sms.at > before.last) return preview;
  return sms.at === before.last && preview < before.preview ? preview : before.preview;
}
