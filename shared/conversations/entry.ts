import type { Ticks } from '../core/time.ts';
import type { CallEntry } from './callEntry.ts';
import type { EntryKey } from './keys.ts';

/** What an outbound message is for; it says who is excepted from what (a STOP confirmation leaves after STOP). */
export const purposes = ['answer', 'stop-confirmation', 'start-confirmation', 'help', 'call', 'agent'] as const;
export type Purpose = (typeof purposes)[number];

export interface InboundMessage {
  readonly direction: 'inbound';
  readonly key: EntryKey;
  readonly at: Ticks;
  readonly text: string;
  /** The provider's id. */
  readonly messageId: string;
  /** When it reached us, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
  /** Reads like a wish to be left alone without being a keyword. */
  readonly suggestsStop?: boolean | undefined;
}

/** What was written when a message was made, and never changes. */
interface Composed {
  readonly direction: 'outbound';
  readonly key: EntryKey;
  readonly at: Ticks;
  readonly text: string;
  readonly purpose: Purpose;
  /** `bot:` and the rule, or `agent:` and the agent's subject. */
  readonly author: string;
  readonly segments: number;
  readonly encoding: 'gsm7' | 'ucs2';
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly replyTo?: EntryKey | undefined;
  readonly resendOf?: EntryKey | undefined;
}

/** The right to send, and for how long (milliseconds since 1970). */
interface Claim {
  readonly claimToken?: string | undefined;
  readonly claimUntil?: number | undefined;
}

/** Judgements: written only under the row's ETag by whoever holds the claim. */
interface Judged extends Claim {
  /** Counts from 1; each has one repeatability id and one first-sent time (milliseconds since 1970). */
  readonly epoch: number;
  readonly firstSentAt: number;
  /** The latest epoch with an attempt that may have left; 0 while every attempt is known to have been refused. */
  readonly ambiguousEpoch: number;
  readonly attempts: number;
  readonly nextTryAt?: number | undefined;
  readonly endedAs?: 'failed' | 'unknown' | undefined;
  readonly endCode?: string | undefined;
  readonly endReason?: string | undefined;
}

/** Facts: merged blindly, each in its own columns, in whatever order they arrive. Times are milliseconds since 1970. */
export interface Facts {
  readonly acceptedAt?: number | undefined;
  readonly providerId?: string | undefined;
  readonly deliveredAt?: number | undefined;
  readonly undeliveredAt?: number | undefined;
  readonly undeliveredReason?: string | undefined;
  /** How often it was sent anew by hand. */
  readonly resends?: number | undefined;
}

export interface OutboundMessage extends Composed, Judged, Facts {}

export type Entry = InboundMessage | OutboundMessage | CallEntry;
