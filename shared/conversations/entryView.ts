import { isoOf, ticksOf } from '../core/time.ts';
import { type CallView, callView } from './callView.ts';
import type { Entry, InboundMessage, OutboundMessage, Purpose } from './entry.ts';
import { type Status, statusOf } from './status.ts';

interface MessageView {
  readonly id: string;
  readonly type: 'message';
  /** ISO 8601 in UTC, as are all instants here; by the service's time. */
  readonly at: string;
  readonly text: string;
}

export interface InboundMessageView extends MessageView {
  readonly direction: 'inbound';
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
  readonly suggestsStop: boolean;
}

export interface OutboundMessageView extends MessageView {
  readonly direction: 'outbound';
  readonly status: Status;
  /** Why it failed or cannot be known, in words, and the provider's or our own word for it. */
  readonly reason?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly purpose: Purpose;
  readonly author: string;
  readonly segments: number;
  readonly encoding: 'gsm7' | 'ucs2';
  readonly attempts: number;
  readonly nextTryAt?: string | undefined;
  readonly acceptedAt?: string | undefined;
  readonly deliveredAt?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly resendOf?: string | undefined;
  /** How often it was sent anew by hand: what a request to resend it must say. */
  readonly resends: number;
}

export type EntryView = InboundMessageView | OutboundMessageView | CallView;

/** An entry as an agent is shown it; claims, epochs and the provider's ids stay inside. */
export function entryView(entry: Entry): EntryView {
  switch (entry.direction) {
    case 'inbound':
      return inboundMessageView(entry);
    case 'outbound':
      return outboundMessageView(entry);
    case 'call':
      return callView(entry);
  }
}

const inboundMessageView = (message: InboundMessage): InboundMessageView => ({
  id: message.key,
  type: 'message',
  direction: 'inbound',
  at: isoOf(message.at),
  text: message.text,
  keyword: message.keyword,
  suggestsStop: message.suggestsStop === true,
});

export function outboundMessageView(message: OutboundMessage): OutboundMessageView {
  const status = statusOf(message);
  return {
    id: message.key,
    type: 'message',
    direction: 'outbound',
    at: isoOf(message.at),
    text: message.text,
    status,
    ...reasonOf(message, status),
    purpose: message.purpose,
    author: message.author,
    segments: message.segments,
    encoding: message.encoding,
    attempts: message.attempts,
    nextTryAt: status === 'queued' ? instant(message.nextTryAt) : undefined,
    acceptedAt: instant(message.acceptedAt),
    deliveredAt: instant(message.deliveredAt),
    replyTo: message.replyTo,
    resendOf: message.resendOf,
    resends: message.resends ?? 0,
  };
}

/** What the carrier reported explains a failure before what we judged does, as it decides the status. */
function reasonOf(message: OutboundMessage, status: Status): Pick<OutboundMessageView, 'reason' | 'reasonCode'> {
  if (status !== 'failed' && status !== 'unknown') return {};
  if (message.undeliveredAt !== undefined) return { reason: message.undeliveredReason };
  return { reason: message.endReason, reasonCode: message.endCode };
}

const instant = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : isoOf(ticksOf(ms)));
