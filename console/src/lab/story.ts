import type { EventDelivery, SentText, WorldEvent } from './adminApi.ts';
import { after } from './times.ts';
import { plus, type World } from './world.ts';

/** One thing that happened, and when (ISO 8601), where that is known. */
export interface Moment {
  readonly at?: string | undefined;
  readonly what: string;
  readonly detail?: string | undefined;
}

/** A place that a text, or a call, passes. Without moments, `hint` says why. */
export interface Station {
  readonly name: string;
  readonly moments: readonly Moment[];
  readonly hint?: string;
}

/** An entry on the app's timeline, as far as a story needs it. */
export interface StoredEntry {
  readonly id: string;
  readonly at: string;
  readonly direction: string;
  readonly text?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly replyTo?: string;
  readonly acceptedAt?: string;
  readonly deliveredAt?: string;
}

/** What the app has stored, or why it cannot be seen. */
export type Stored = { readonly entries: readonly StoredEntry[] } | { readonly unseen: string };

/** The whole way of a text: event, function, storage, send and report, in this order. */
export function storyOf(world: World, text: WorldEvent, stored: Stored): readonly Station[] {
  const inbound = 'entries' in stored ? stored.entries.find((entry) => isOf(entry, text)) : undefined;
  const reply =
    'entries' in stored && inbound !== undefined
      ? stored.entries.find(({ replyTo }) => replyTo === inbound.id)
      : undefined;
  const sent = reply && world.sent.find(({ tag }) => tag?.endsWith(reply.id));
  return [
    {
      name: 'Event',
      moments: [
        { at: text.publishedAt, what: 'Event Grid has the text', detail: String(text.event.data['message'] ?? '') },
      ],
    },
    { name: 'Function', moments: attemptsOf(text.deliveries), hint: 'Not tried yet.' },
    storage({ text, stored, inbound, reply }),
    { name: 'Send', moments: sendOf(text, sent), hint: whyNotSent(inbound, reply) },
    {
      name: 'Report',
      moments: sent === undefined ? [] : reportsOf(world, sent),
      hint: sent === undefined ? 'Nothing was sent that could be reported.' : 'None yet.',
    },
  ];
}

/** The entry of a text bears the service's time of it, which no other text of the same number has. */
const isOf = ({ direction, at, text }: StoredEntry, { event: { data } }: WorldEvent): boolean =>
  direction === 'inbound' &&
  text === data['message'] &&
  Math.abs(Date.parse(at) - Date.parse(String(data['receivedTimestamp'] ?? ''))) < 5;

/** Each attempt at each subscription, and what followed from the last. */
export const attemptsOf = (deliveries: readonly EventDelivery[]): readonly Moment[] =>
  deliveries.flatMap(({ subscription, attempts, state, nextTryAt, deadLetterReason }) => [
    ...attempts.map(({ at, ms, outcome, status, detail }, n) => ({
      at,
      what: `${subscription}, attempt ${n + 1}: ${outcome}`,
      detail: [status, `after ${ms} ms`, detail].filter((part) => part !== undefined).join(' '),
    })),
    ...(state === 'dead-lettered' ? [{ what: `${subscription} was given up`, detail: deadLetterReason }] : []),
    ...(state === 'waiting' && attempts.length > 0 ? [{ at: nextTryAt, what: `${subscription} is tried again` }] : []),
  ]);

interface Kept {
  readonly text: WorldEvent;
  readonly stored: Stored;
  readonly inbound: StoredEntry | undefined;
  readonly reply: StoredEntry | undefined;
}

function storage({ text, stored, inbound, reply }: Kept): Station {
  if ('unseen' in stored) return { name: 'Storage', moments: [], hint: stored.unseen };
  if (inbound === undefined) return { name: 'Storage', moments: [], hint: 'Not on the timeline.' };
  return {
    name: 'Storage',
    moments: [
      { at: takenAt(text), what: 'kept by now, before the function answered', detail: `entry ${inbound.id}` },
      ...(reply === undefined ? [] : [{ what: `its reply is ${reply.status ?? 'made'}`, detail: `entry ${reply.id}` }]),
      ...(reply?.acceptedAt === undefined ? [] : [{ at: reply.acceptedAt, what: 'marked accepted' }]),
      ...(reply?.deliveredAt === undefined ? [] : [{ at: reply.deliveredAt, what: 'marked delivered' }]),
    ],
  };
}

/** When the function said that it has the text. */
function takenAt({ deliveries }: WorldEvent): string | undefined {
  const taken = deliveries.flatMap(({ attempts }) => attempts).find(({ outcome }) => outcome === 'Delivered');
  return taken && new Date(Date.parse(taken.at) + taken.ms).toISOString();
}

const sendOf = ({ publishedAt }: WorldEvent, sent: SentText | undefined): readonly Moment[] =>
  sent === undefined
    ? []
    : [
        {
          at: sent.sentAt,
          what: `sent, in ${sent.attempts} ${sent.attempts === 1 ? 'request' : 'requests'}, ${after(publishedAt, sent.sentAt)}`,
          detail: sent.message,
        },
      ];

function whyNotSent(inbound: StoredEntry | undefined, reply: StoredEntry | undefined): string {
  if (inbound === undefined) return 'Not seen.';
  if (reply === undefined) return 'The app does not answer this text.';
  return `Not sent: it is ${reply.status ?? 'made'}${reply.reason === undefined ? '' : `, ${reply.reason}`}.`;
}

const reportsOf = ({ events }: World, { messageId, status }: SentText): readonly Moment[] =>
  events
    .filter(
      ({ event: { eventType, data } }) =>
        eventType.endsWith('SMSDeliveryReportReceived') && data['messageId'] === messageId,
    )
    .flatMap(({ publishedAt, event: { data }, deliveries }) => [
      { at: publishedAt, what: `the carrier reports: ${String(data['deliveryStatus'])}`, detail: status },
      ...attemptsOf(deliveries),
    ]);

/** Texts that came in, latest first. */
export const textsIn = ({ events }: World): readonly WorldEvent[] =>
  events.filter(({ event: { eventType } }) => eventType.endsWith('SMSReceived')).toReversed();

/** Who texted which number. */
export const partiesOf = ({ event: { data } }: WorldEvent) => ({
  service: plus(String(data['to'] ?? '')),
  subscriber: plus(String(data['from'] ?? '')),
});
