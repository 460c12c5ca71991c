import { digest } from '../core/hash.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { isoOf, ticksOf } from '../core/time.ts';
import type { Consent, ConsentChange } from './consent.ts';
import type { InboundMessage, OutboundMessage, Purpose } from './entry.ts';
import { outboundMessageView } from './entryView.ts';
import { type ConversationId, consentKeyOf, type EntryKey } from './keys.ts';
import { type Status, statusOf } from './status.ts';

/** Whose conversation it is. Both numbers are told: who knows a subscriber by number could not place the event without. */
export interface Parties {
  readonly conversation: ConversationId;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
}

/** What other systems are told; plain JSON. `docs/events.md` promises it, so a field may be added and none changed. */
interface Told<Name extends string, Data> {
  /** 22 base64url characters made from what caused the event, so that telling it again tells the same. */
  readonly id: string;
  readonly type: `Switchboard.${Name}`;
  /** What it is about, without any number: subjects show in filters, metrics and logs. */
  readonly subject: string;
  /** When it happened, ISO 8601 in UTC. */
  readonly time: string;
  readonly data: Parties & Data;
}

/** Statuses worth telling: those that nothing of ours takes back. */
export type SettledStatus = Exclude<Status, 'queued' | 'sending'>;

export type MessageReceived = Told<
  'MessageReceived',
  {
    readonly entry: EntryKey;
    readonly direction: 'inbound';
    readonly keyword?: InboundMessage['keyword'];
    readonly text?: string | undefined;
  }
>;

export type MessageStatusChanged = Told<
  'MessageStatusChanged',
  {
    readonly entry: EntryKey;
    readonly direction: 'outbound';
    readonly purpose: Purpose;
    readonly status: SettledStatus;
    /** As the API tells them. */
    readonly reason?: string | undefined;
    readonly reasonCode?: string | undefined;
    readonly replyTo?: string | undefined;
    readonly resendOf?: string | undefined;
    readonly text?: string | undefined;
  }
>;

export type ConsentChanged = Told<
  'ConsentChanged',
  {
    readonly consent: Consent;
    /** `subscriber`, `carrier` or `agent`; which agent is not told. */
    readonly by: string;
  }
>;

export type OwnEvent = MessageReceived | MessageStatusChanged | ConsentChanged;

export function messageReceived(
  { conversation, service, subscriber }: Parties,
  { key, at, keyword, text }: Pick<InboundMessage, 'key' | 'at' | 'keyword' | 'text'>,
): MessageReceived {
  return {
    id: idOf('MessageReceived', conversation, key),
    type: 'Switchboard.MessageReceived',
    subject: subjectOf(conversation, key),
    time: isoOf(at),
    data: { conversation, service, subscriber, entry: key, direction: 'inbound', keyword, text },
  };
}

/**
 * Where an outbound message has got to; `undefined` while it is under way. `now`, in milliseconds since 1970, is the time
 * told of what we judged ourselves, whose time is not kept.
 */
export function messageStatusChanged(
  { conversation, service, subscriber }: Parties,
  message: OutboundMessage,
  now: number,
): MessageStatusChanged | undefined {
  const status = statusOf(message);
  if (status === 'queued' || status === 'sending') return undefined;
  const { key, purpose, text } = message;
  const { reason, reasonCode, replyTo, resendOf } = outboundMessageView(message);
  const entry = { entry: key, direction: 'outbound', purpose, status, reason, reasonCode, replyTo, resendOf } as const;
  return {
    id: idOf('MessageStatusChanged', conversation, key, status),
    type: 'Switchboard.MessageStatusChanged',
    subject: subjectOf(conversation, key),
    time: isoOf(ticksOf(settledAt(message) ?? now)),
    data: { conversation, service, subscriber, ...entry, text },
  };
}

export function consentChanged(
  { conversation, service, subscriber }: Parties,
  { consent, at, by, source }: Pick<ConsentChange, 'consent' | 'at' | 'by' | 'source'>,
): ConsentChanged {
  return {
    id: idOf('ConsentChanged', conversation, consentKeyOf(at, source)),
    type: 'Switchboard.ConsentChanged',
    subject: `conversations/${conversation}`,
    time: isoOf(at),
    data: { conversation, service, subscriber, consent, by: by.split(':', 1)[0] ?? by },
  };
}

/** The event as it is told where texts are nobody else's business. */
export function withoutText(event: OwnEvent): OwnEvent {
  if (event.type === 'Switchboard.ConsentChanged') return event;
  return { ...event, data: { ...event.data, text: undefined } } as OwnEvent;
}

/** The conversation's id cannot be made without its key, so two deployments that share a topic never make the same id. */
const idOf = (...cause: readonly string[]): string => digest(JSON.stringify(cause), 16);

const subjectOf = (conversation: ConversationId, entry: EntryKey): string =>
  `conversations/${conversation}/entries/${entry}`;

const settledAt = ({ deliveredAt, undeliveredAt, acceptedAt }: OutboundMessage): number | undefined =>
  deliveredAt ?? undeliveredAt ?? acceptedAt;
