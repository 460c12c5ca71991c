import { AppError } from '../../shared/core/errors.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks, later, type Ticks, ticksOf } from '../../shared/core/time.ts';
import { isSubscriberForm, type ServiceNumbers } from '../acs/numbers.ts';
import { repeatKeyOf } from '../acs/repeatability.ts';
import { watchedWords } from '../acs/rules.ts';
import { type EventPublisher, type EventTerms, smsReceivedEvent } from '../acs/smsEvents.ts';
import { messageIdOf } from '../acs/takeText.ts';
import type { Timers } from '../eventGrid/timers.ts';
import type { AcceptedText, Notice, ReceivedText } from './facts.ts';
import type { Ledger } from './ledger.ts';

/** A text of the app's, as the carrier knows it. */
export interface SentSms {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  /** `accepted` until its fate is known; `blocked` from the start if it never reaches a subscriber who had stopped the number. */
  readonly status: 'accepted' | 'delivered' | 'failed' | 'blocked';
  readonly details?: string;
  readonly tag?: string;
  readonly repeatabilityId?: string;
  /** How many requests carried it, refused and unanswered ones too; of texts without an id, each is one. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface SentFilter {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
}

export interface SentSince {
  readonly sent: readonly SentSms[];
  readonly notices: readonly Notice[];
  readonly whole: boolean;
  readonly cursor: string;
}

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
    sent: (filter = {}) =>
      ledger
        .accepted()
        .filter(matches(filter))
        .map((text) => sentSms(text, ledger)),
    notices: (filter = {}) => ledger.notices().filter(matches(filter)),
    since(cursor, filter = {}) {
      const { has, ...look } = ledger.since(cursor);
      const sent = ledger.accepted().filter((text) => has(text.messageId, keyOf(text)));
      return {
        sent: sent.filter(matches(filter)).map((text) => sentSms(text, ledger)),
        notices: ledger
          .notices()
          .filter((notice) => has(notice))
          .filter(matches(filter)),
        ...look,
      };
    },
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

/** In a query `+` means a space, so numbers are compared in the form we keep. */
function matches({ from, to }: SentFilter): (text: Parties) => boolean {
  const [wantedFrom, wantedTo] = [from, to].map((number) => number && (parsePhoneNumber(number) ?? number));
  return (text) => (!wantedFrom || text.from === wantedFrom) && (!wantedTo || text.to === wantedTo);
}

/** Under which its requests are counted; of a text without an id, one that is never counted. */
const keyOf = ({ to, repeatabilityId }: AcceptedText): string =>
  repeatabilityId === undefined ? '' : repeatKeyOf({ to, repeatabilityRequestId: repeatabilityId });

function sentSms(text: AcceptedText, ledger: Ledger): SentSms {
  const { messageId, from, to, message, tag, repeatabilityId, acceptedAt, fate } = text;
  const isKnown = fate.end === 'blocked' || ledger.isSettled(messageId);
  const attempts = repeatabilityId === undefined ? 1 : ledger.carried(keyOf(text));
  return {
    messageId,
    from,
    to,
    message,
    status: isKnown ? fate.end : 'accepted',
    ...(isKnown && fate.details !== '' && { details: fate.details }),
    ...(tag !== undefined && { tag }),
    ...(repeatabilityId !== undefined && { repeatabilityId }),
    attempts,
    sentAt: new Date(acceptedAt).toISOString(),
  };
}
