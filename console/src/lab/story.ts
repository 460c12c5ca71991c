import type { WorldEvent } from './adminApi.ts';
import { sameNumber, type World } from './world.ts';

/** One thing that happened to a text, and when (ISO 8601). */
export interface Step {
  readonly at: string;
  readonly what: string;
  readonly detail?: string;
}

/** An entry on the app's timeline, as far as a story needs it. */
export interface StoredEntry {
  readonly id: string;
  readonly at: string;
  readonly direction: string;
  readonly text?: string;
  readonly status?: string;
  readonly replyTo?: string;
  readonly acceptedAt?: string;
  readonly deliveredAt?: string;
}

/** The timeline between two numbers, as far as the reader may see it. */
export type TimelineOf = (service: string, subscriber: string) => Promise<readonly StoredEntry[]>;

const seconds = (from: string, to: string): string => `${((Date.parse(to) - Date.parse(from)) / 1_000).toFixed(2)} s`;

/**
 * The whole way of a text: its event and every attempt to deliver it, what the app stored, what it sent, and what was reported.
 * `entries`: the timeline of its conversation, where the reader may see it.
 */
export function storyOf(world: World, text: WorldEvent, entries: readonly StoredEntry[] = []): readonly Step[] {
  const { event, publishedAt, deliveries } = text;
  const said = String(event.data['message'] ?? '');
  const steps: Step[] = [{ at: publishedAt, what: 'Event Grid has the text', detail: said }];
  for (const { subscription, attempts, state } of deliveries) {
    for (const [n, { at, ms, outcome, status }] of attempts.entries())
      steps.push({
        at,
        what: `${subscription}, attempt ${n + 1}: ${outcome}`,
        detail: `${status ?? ''} after ${ms} ms`.trim(),
      });
    if (state === 'dead-lettered')
      steps.push({ at: attempts.at(-1)?.at ?? publishedAt, what: `${subscription} was given up` });
  }
  const stored = entries.find(
    ({ direction, at, text: written }) => direction === 'inbound' && written === said && near(at, event),
  );
  if (stored !== undefined) steps.push({ at: stored.at, what: 'stored on the timeline', detail: stored.id });
  const reply = stored && entries.find(({ replyTo }) => replyTo === stored.id);
  if (reply !== undefined) steps.push(...replySteps(world, reply, publishedAt));
  return steps.sort((a, b) => a.at.localeCompare(b.at));
}

const near = (at: string, { data }: WorldEvent['event']): boolean =>
  Math.abs(Date.parse(at) - Date.parse(String(data['receivedTimestamp'] ?? ''))) < 5;

function replySteps({ sent, events }: World, reply: StoredEntry, began: string): readonly Step[] {
  const carried = sent.find(({ tag }) => tag?.endsWith(`.${reply.id}`));
  if (carried === undefined)
    return [{ at: reply.at, what: `reply ${reply.status ?? 'made'}`, detail: reply.text ?? '' }];
  const report = events.find(
    ({ event }) =>
      event.eventType.endsWith('SMSDeliveryReportReceived') && event.data['messageId'] === carried.messageId,
  );
  return [
    {
      at: carried.sentAt,
      what: `sent, in ${carried.attempts} ${carried.attempts === 1 ? 'request' : 'requests'}, ${seconds(began, carried.sentAt)} after the text`,
      detail: carried.message,
    },
    ...(report === undefined
      ? []
      : [
          {
            at: report.publishedAt,
            what: `report: ${String(report.event.data['deliveryStatus'])}`,
            detail: carried.status,
          },
        ]),
  ];
}

/** Texts that came in, latest first. */
export const textsIn = ({ events }: World, subscriber?: string): readonly WorldEvent[] =>
  events
    .filter(({ event: { eventType, data } }) => {
      const from = String(data['from'] ?? '');
      return eventType.endsWith('SMSReceived') && (subscriber === undefined || sameNumber(from, subscriber));
    })
    .toReversed();
