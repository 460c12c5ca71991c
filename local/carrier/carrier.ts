import { AppError } from '../../shared/core/errors.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks, later, type Ticks, ticksOf } from '../../shared/core/time.ts';
import { isSubscriberForm, type ServiceNumbers } from '../acs/numbers.ts';
import { watchedWords } from '../acs/rules.ts';
import { type EventPublisher, type EventTerms, smsReceivedEvent } from '../acs/smsEvents.ts';
import { messageIdOf } from '../acs/takeText.ts';
import type { Timers } from '../eventGrid/timers.ts';
import type { Notice, ReceivedText } from './facts.ts';
import type { Ledger } from './ledger.ts';
import { type SentFilter, type SentSince, type SentSms, sentSince } from './sentSince.ts';

/** The subscribers' side of the network: their handsets, and what has reached them. */
export interface Carrier {
  /** A subscriber texts one of our numbers. Throws `invalid-input` that says what to change. */
  text(from: string, to: string, message: string): Promise<{ readonly messageId: string }>;
  /** What the app has sent, newest last. */
  sent(filter?: SentFilter): readonly SentSms[];
  /** What carriers and ACS told subscribers of themselves, newest last; never among what was sent. */
  notices(filter?: SentFilter): readonly Notice[];
  /** Both, as far as they are new or have changed since a look that ended at `cursor`; all of it (`whole`) without one that is known. */
  since(cursor: string | undefined, filter?: SentFilter): SentSince;
}

export interface CarrierNeeds {
  readonly ledger: Ledger;
  readonly numbers: ServiceNumbers;
  readonly timers: Timers;
  readonly events: EventPublisher;
  readonly terms: () => EventTerms;
}

export function carrierOf(needs: CarrierNeeds): Carrier {
  const { ledger } = needs;
  return {
    async text(from, to, message) {
      const text = receive(needs, parties(needs.numbers, from, to), message);
      await needs.events.publish(smsReceivedEvent(text, needs.terms()));
      return { messageId: text.messageId };
    },
    sent: (filter) => sentSince(ledger, undefined, filter).sent,
    notices: (filter) => sentSince(ledger, undefined, filter).notices,
    since: (cursor, filter) => sentSince(ledger, cursor, filter),
  };
}

interface Parties {
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
}

function parties(numbers: ServiceNumbers, from: string, to: string): Parties {
  const ours = [...numbers.keys()].join(', ');
  const [subscriber, service] = [parsePhoneNumber(from), parsePhoneNumber(to)];
  if (service === undefined || !numbers.has(service) || numbers.get(service) === 'sender-id') {
    throw new AppError(
      'invalid-input',
      `"to" must be one of our numbers that can be texted: ${ours}. It is ${JSON.stringify(to)}.`,
    );
  }
  if (subscriber === undefined || !isSubscriberForm(subscriber) || numbers.has(subscriber)) {
    throw new AppError(
      'invalid-input',
      `"from" must be a subscriber: E.164 with "+", and none of ${ours}. It is ${JSON.stringify(from)}.`,
    );
  }
  return { from: subscriber, to: service };
}

/** Notes the text, and lets whoever watches this kind of number act on its word before the app hears of it. */
function receive({ ledger, timers, numbers }: CarrierNeeds, { from, to }: Parties, message: string): ReceivedText {
  const now = timers.now();
  const messageId = messageIdOf('Incoming', now);
  const text: ReceivedText = { messageId, from, to, message, receivedTimestamp: nextTimestamp(ledger, now) };
  ledger.record({ type: 'received', text });
  const kind = numbers.get(to) ?? 'long-code';
  const watched = watchedWords[kind].find(({ word }) => word === message.trim().toLowerCase());
  if (watched === undefined) return text;
  if (watched.does !== 'tell') {
    ledger.record({ type: watched.does === 'block' ? 'blocked' : 'lifted', service: to, subscriber: from });
  }
  ledger.record({ type: 'told', notice: { from: to, to: from, message: watched.notice, sentAt: now } });
  return text;
}

/** The present, or just after the latest text: the order of texts can be read off their timestamps. */
function nextTimestamp(ledger: Ledger, now: number): string {
  const last = ledger.lastReceived();
  return preciseIsoOf(last === undefined ? ticksOf(now) : later(ticksOf(now), asTicks(last + 1n)));
}

function preciseIsoOf(at: Ticks): string {
  const seconds = at / 10_000_000n;
  const fraction = String(at % 10_000_000n).padStart(7, '0');
  return new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', `.${fraction}Z`);
}
