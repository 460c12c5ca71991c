import type { OutboundMessage } from '../conversations/entry.ts';
import type { Head } from '../conversations/head.ts';
import type { Country } from '../core/countries.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { msOf } from '../core/time.ts';
import type { Span } from '../playbook/openingHours.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { destinationRefusal } from './destinations.ts';
import { factsOf, type NumberFacts } from './numberPlan.ts';
import type { Refusal } from './refusal.ts';
import type { SegmentAllowance, Taken } from './segmentAllowance.ts';
import { type Spent, type SubscriberCap, spend } from './segmentCaps.ts';
import { hoursRefusal } from './sendingHours.ts';

/** What a business allows itself to send; `docs/limits.md` tells why. */
export interface LimitSettings {
  /** `own`: the country of the service number that sends. */
  readonly allowedCountries: 'own' | readonly Country[];
  readonly subscriberCap: SubscriberCap;
  /** Of each day. */
  readonly sendingHours: readonly Span[];
  /** How long after a subscriber wrote an agent's text is an answer, milliseconds. */
  readonly answerWithin: number;
}

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
}

/** Judges a message by every limit, the cheap ones first, and counts it. Throws only for our own storage, and `busy`. */
export async function admit(candidate: Candidate, limits: Limits): Promise<Admission> {
  const { message, head } = candidate;
  const refusal = await placeOrTimeRefusal(candidate, limits);
  if (refusal !== undefined) return { type: 'refused', refusal };
  const spent = spend(head?.spent, message.segments, message.createdAt, limits.settings.subscriberCap);
  if (spent === undefined) return { type: 'refused', refusal: subscriberRefusal(limits.settings.subscriberCap) };
  const taken = await limits.allowance.take(message.segments);
  return taken === undefined ? { type: 'refused', refusal: dayRefusal } : { type: 'admitted', spent, taken };
}

async function placeOrTimeRefusal(candidate: Candidate, { settings, playbook }: Limits): Promise<Refusal | undefined> {
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
const isAnswer = ({ message, head }: Candidate, { answerWithin }: LimitSettings): boolean =>
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
