import type { OutboundMessage } from '../conversations/entry.ts';
import type { Head } from '../conversations/head.ts';
import { isFinished } from '../conversations/status.ts';
import type { Country } from '../core/countries.ts';
import type { Logger } from '../core/logger.ts';
import { maskNumber, type PhoneNumber } from '../core/phoneNumbers.ts';
import { msOf } from '../core/time.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { destinationRefusal } from './destinations.ts';
import type { LimitSettings } from './limitSettings.ts';
import { factsOf, type NumberFacts } from './numberPlan.ts';
import type { Refusal } from './refusal.ts';
import type { SegmentAllowance, Taken } from './segmentAllowance.ts';
import { type Spent, type SubscriberCap, spend } from './segmentCaps.ts';
import { hoursRefusal } from './sendingHours.ts';
import { ended } from './sendPolicy.ts';

/** A message that has just been composed, and the conversation as it was read for it. */
export interface Candidate {
  readonly message: OutboundMessage;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly head: Pick<Head, 'lastInbound' | 'spent'> | undefined;
}

/** `spent` goes into the head, in the same transaction as the message; `taken` is given back if that does not come about. */
export type Admission =
  | { readonly type: 'admitted'; readonly spent: Spent; readonly taken: Taken }
  | { readonly type: 'refused'; readonly refusal: Refusal };

interface Limits {
  readonly settings: LimitSettings;
  readonly playbook: Pick<Playbook, 'zone'>;
  readonly allowance: SegmentAllowance;
  readonly log: Logger;
}

/** Judges a message by every limit, the cheap ones first, and counts it. Throws only for our own storage, and `busy`. */
export async function admit(candidate: Candidate, limits: Limits): Promise<Admission> {
  const admission = await judge(candidate, limits);
  if (admission.type === 'refused') {
    const { code } = admission.refusal;
    limits.log('warn', 'sms.not-admitted', {
      to: maskNumber(candidate.subscriber),
      purpose: candidate.message.purpose,
      code,
      // Whoever planned less than is needed, or is attacked, wants to know on the same day.
      alarm: code === 'daily-limit',
    });
  }
  return admission;
}

/** The same for a reply, which nobody waits for: one that is refused is kept, ended with the reason. */
export async function admitReply(
  candidate: Candidate,
  limits: Limits,
): Promise<{ readonly message: OutboundMessage; readonly spent?: Spent | undefined; readonly taken?: Taken }> {
  const { message, head } = candidate;
  if (isFinished(message)) return { message, spent: head?.spent };
  const admission = await admit(candidate, limits);
  return admission.type === 'refused'
    ? { message: ended(message, admission.refusal), spent: head?.spent }
    : { message, spent: admission.spent, taken: admission.taken };
}

async function judge(candidate: Candidate, limits: Limits): Promise<Admission> {
  const { message, head } = candidate;
  const refusal = await placeOrTimeRefusal(candidate, limits);
  if (refusal !== undefined) return { type: 'refused', refusal };
  const spent = spend(head?.spent, message.segments, message.createdAt, limits.settings.subscriberCap);
  if (spent === undefined) return { type: 'refused', refusal: subscriberRefusal(limits.settings.subscriberCap) };
  const taken = await limits.allowance.take(message.segments);
  return taken === undefined ? { type: 'refused', refusal: dayRefusal } : { type: 'admitted', spent, taken };
}

/**
 * Whether the subscriber may be reached there and now, by an agent's message or call: the country, the kind of number, and the
 * hours unless they wrote or rang lately. `at`: milliseconds since 1970.
 */
export const reachRefusal = (
  { service, subscriber, head }: Omit<Candidate, 'message'>,
  at: number,
  limits: Pick<Limits, 'settings' | 'playbook'>,
): Promise<Refusal | undefined> =>
  placeOrTimeRefusal({ service, subscriber, head, message: { purpose: 'agent', createdAt: at } }, limits);

type Reach = Omit<Candidate, 'message'> & { readonly message: Pick<OutboundMessage, 'purpose' | 'createdAt'> };

async function placeOrTimeRefusal(
  candidate: Reach,
  { settings, playbook }: Pick<Limits, 'settings' | 'playbook'>,
): Promise<Refusal | undefined> {
  const [service, subscriber] = await Promise.all([factsOf(candidate.service), factsOf(candidate.subscriber)]);
  const [home, there] = [countryOf(service), countryOf(subscriber)];
  const own = home === undefined ? [] : [home];
  const refusal = destinationRefusal(subscriber, settings.allowedCountries === 'own' ? own : settings.allowedCountries);
  if (refusal !== undefined || isAnswer(candidate, settings)) return refusal;
  const now = candidate.message.createdAt;
  return hoursRefusal(settings.sendingHours, { business: playbook.zone, home, there }, now);
}

const countryOf = (facts: NumberFacts): Country | undefined => (facts.type === 'line' ? facts.country : undefined);

/** What the bot says always answers a text that has just come. */
const isAnswer = ({ message, head }: Reach, { answerWithin }: LimitSettings): boolean =>
  message.purpose !== 'agent' ||
  (head?.lastInbound !== undefined && message.createdAt - msOf(head.lastInbound) <= answerWithin);

const subscriberRefusal = ({ segments, within }: SubscriberCap): Refusal => ({
  code: 'subscriber-limit',
  reason: `Not sent: the subscriber would have been sent more than ${segments} segments within ${spanInWords(within)} (setting SEGMENTS_PER_SUBSCRIBER).`,
});

const dayRefusal: Refusal = {
  code: 'daily-limit',
  reason:
    'Not sent: all the segments allowed for today are spent; the next day begins at 00:00 UTC (setting SEGMENTS_PER_DAY).',
};

const spanInWords = (ms: number): string => (ms >= 3_600_000 ? `${ms / 3_600_000} h` : `${ms / 60_000} min`);
