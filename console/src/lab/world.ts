import type { LabApi, Notice, SentText, ServiceNumber, WorldCall, WorldEvent } from './adminApi.ts';

/** What each part of the lab is given. */
export interface PanelProps {
  readonly api: LabApi;
  readonly world: World;
  /** Reads the world now. */
  readonly again: () => void;
}

/** Everything the world tells of itself, read together. */
export interface World {
  readonly numbers: readonly ServiceNumber[];
  readonly sent: readonly SentText[];
  readonly notices: readonly Notice[];
  readonly events: readonly WorldEvent[];
  readonly calls: readonly WorldCall[];
}

export async function readWorld(api: LabApi): Promise<World> {
  const [numbers, { sent, notices }, events, calls] = await Promise.all([
    api.numbers(),
    api.sent(),
    api.events(),
    api.calls(),
  ]);
  return { numbers, sent, notices, events, calls };
}

/** One line in a conversation, as the subscriber's telephone shows it. */
export interface Bubble {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly mine: boolean;
  readonly text: string;
  readonly status?: SentText['status'] | 'carrier';
}

const textOf = (data: WorldEvent['event']['data'], name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

/** Numbers in events may come without their plus. */
export const sameNumber = (one: string, other: string): boolean => one.replace(/^\+/, '') === other.replace(/^\+/, '');

const isReceived = ({ event }: WorldEvent): boolean => event.eventType === 'Microsoft.Communication.SMSReceived';

/** What a subscriber and a service number have texted each other, oldest first. */
export function bubblesOf({ events, sent, notices }: World, subscriber: string, service: string): readonly Bubble[] {
  const received = events
    .filter(isReceived)
    .filter(
      ({ event: { data } }) => sameNumber(textOf(data, 'from'), subscriber) && sameNumber(textOf(data, 'to'), service),
    )
    .map(({ event: { id, data } }) => ({
      id,
      at: textOf(data, 'receivedTimestamp'),
      mine: true,
      text: textOf(data, 'message'),
    }));
  const reached = sent
    .filter(({ from, to, status }) => from === service && to === subscriber && status !== 'blocked')
    .map(({ messageId: id, sentAt: at, message: text, status }) => ({ id, at, mine: false, text, status }));
  const told = notices
    .filter(({ from, to }) => from === service && to === subscriber)
    .map(({ sentAt, message: text }) => ({
      id: `notice-${sentAt}`,
      at: new Date(sentAt).toISOString(),
      mine: false,
      text,
      status: 'carrier' as const,
    }));
  return [...received, ...reached, ...told].sort((a, b) => a.at.localeCompare(b.at));
}

/** Subscribers of whom the world knows something, besides those given. */
export function subscribersIn({ events, sent }: World, given: readonly string[]): readonly string[] {
  const texted = events.filter(isReceived).map(({ event: { data } }) => `+${textOf(data, 'from').replace(/^\+/, '')}`);
  return [...new Set([...given, ...sent.map(({ to }) => to), ...texted])];
}

/** The latest call between the two that has not ended, or has only just. */
export const callOf = ({ calls }: World, subscriber: string, service: string): WorldCall | undefined =>
  calls.findLast(({ from, to }) => (from === subscriber && to === service) || (from === service && to === subscriber));
