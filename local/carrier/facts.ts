import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import type { Answered } from '../acs/repeatability.ts';

/** What becomes of a text that ACS has accepted; drawn at once, so that a restart changes nothing about it. */
export interface Fate {
  /** `blocked`: ACS kept it from a subscriber who had stopped the number. */
  readonly end: 'delivered' | 'failed' | 'blocked';
  /** The report's `deliveryStatusDetails`. */
  readonly details: string;
  /** When it is settled, milliseconds since 1970. */
  readonly at: number;
  /** How many delivery reports tell of it. */
  readonly reports: 0 | 1 | 2;
}

/** A text that ACS has accepted. */
export interface AcceptedText {
  readonly messageId: string;
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  readonly message: string;
  readonly tag?: string | undefined;
  readonly repeatabilityId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly fate: Fate;
}

/** A text that a subscriber has sent to one of our numbers. */
export interface ReceivedText {
  readonly messageId: string;
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  readonly message: string;
  /** ISO 8601 with seven fractional digits; no two texts have the same. */
  readonly receivedTimestamp: string;
}

/** What a carrier or ACS itself has told a subscriber. No send of the app's, so it never counts as one. */
export interface Notice {
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

interface Pair {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
}

/** Everything that happens at the carrier and at ACS and must be known later; the journal holds these. */
export type Fact =
  /** A request named this recipient and repeatability id, whatever became of it. */
  | { readonly type: 'carried'; readonly key: string }
  | { readonly type: 'answered'; readonly answered: Answered }
  | { readonly type: 'accepted'; readonly text: AcceptedText }
  | { readonly type: 'settled'; readonly messageId: string }
  | { readonly type: 'received'; readonly text: ReceivedText }
  | { readonly type: 'told'; readonly notice: Notice }
  | ({ readonly type: 'blocked' | 'lifted' } & Pair);

/** Names the two that a block stands between. */
export const pairOf = ({ service, subscriber }: Pair): string => `${service}|${subscriber}`;
