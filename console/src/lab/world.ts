import type { Api } from '../api/client.ts';
import type {
  EventDelivery,
  LabApi,
  Notice,
  Said,
  SentText,
  ServiceNumber,
  WorldCall,
  WorldEvent,
} from './adminApi.ts';

/** What each part of the lab is given. */
export interface PanelProps {
  readonly api: LabApi;
  /** The app, as whoever is signed in may use it. */
  readonly app: Api;
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

/** One line in a conversation, as the subscriber's telephone shows it. */
export interface Bubble {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly mine: boolean;
  readonly text: string;
  readonly status: SentText['status'] | 'carrier' | 'waiting' | 'taken' | 'lost';
}

const textOf = (data: WorldEvent['event']['data'], name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

const sameNumber = (one: string, other: string): boolean => plus(one) === plus(other);

/** In events, numbers may come without. */
export const plus = (number: string): string => `+${number.replace(/^\+/, '')}`;

const isReceived = ({ event }: WorldEvent): boolean => event.eventType === 'Microsoft.Communication.SMSReceived';

/** Whether the app has taken a text. */
const takenBy = (deliveries: readonly EventDelivery[]): 'waiting' | 'taken' | 'lost' => {
  const state = worst(deliveries);
  return state === 'dead-lettered' ? 'lost' : state === 'waiting' ? 'waiting' : 'taken';
};

/** How an event stands: as the delivery of it that stands worst. `unwanted`: nobody subscribes to it. */
export function worst(deliveries: readonly EventDelivery[]): EventDelivery['state'] | 'unwanted' {
  const states = deliveries.map(({ state }) => state);
  return (['dead-lettered', 'waiting', 'delivered'] as const).find((state) => states.includes(state)) ?? 'unwanted';
}

/** What a subscriber and a service number have texted each other, oldest first. */
export function bubblesOf({ events, sent, notices }: World, subscriber: string, service: string): readonly Bubble[] {
  const received = events
    .filter(isReceived)
    .filter(
      ({ event: { data } }) => sameNumber(textOf(data, 'from'), subscriber) && sameNumber(textOf(data, 'to'), service),
    )
    .map(({ number, event: { data }, deliveries }) => ({
      id: `text-${number}`,
      at: textOf(data, 'receivedTimestamp'),
      mine: true,
      text: textOf(data, 'message'),
      status: takenBy(deliveries),
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

/** The number that somebody texted or called last, or else the first there is. */
export function serviceOf({ events, calls, numbers }: World, subscriber: string): string {
  const text = events.findLast((each) => isReceived(each) && sameNumber(textOf(each.event.data, 'from'), subscriber));
  if (text !== undefined) return plus(textOf(text.event.data, 'to'));
  return calls.findLast(({ from }) => from === subscriber)?.to ?? numbers[0]?.number ?? '';
}

/** Telephones that are there by themselves. */
const mostOthers = 8;

/** The telephones given, and those of the latest others of whom the world knows something. */
export function subscribersIn({ events, sent, calls, numbers }: World, given: readonly string[]): readonly string[] {
  const ours = new Set(numbers.map(({ number }) => number));
  const seen = [
    ...events
      .filter(isReceived)
      .map(({ publishedAt: at, event: { data } }) => ({ at, who: plus(textOf(data, 'from')) })),
    ...sent.map(({ sentAt: at, to: who }) => ({ at, who })),
    ...calls.flatMap(({ startedAt: at, participants }) => participants.map(({ who }) => ({ at, who }))),
  ].sort((a, b) => b.at.localeCompare(a.at));
  const others = new Set(seen.map(({ who }) => who).filter((who) => who.startsWith('+') && !ours.has(who)));
  for (const number of given) others.delete(number);
  return [...given, ...[...others].slice(0, mostOthers)];
}

/** The latest call that somebody is on, or else was on. */
export function callOf({ calls }: World, subscriber: string): WorldCall | undefined {
  const theirs = calls.filter(
    ({ from, to, participants }) =>
      from === subscriber || to === subscriber || participants.some(({ who }) => who === subscriber),
  );
  return theirs.findLast(({ endedAt }) => endedAt === undefined) ?? theirs.at(-1);
}

/** What was said, in words; of tones, their names. */
export const saidInWords = ({ text, ssml, file, tones }: Said): string =>
  text ?? ssml?.replace(/<[^>]*>/g, ' ').trim() ?? (file && `♪ ${file.split('/').at(-1)}`) ?? tones?.join(' ') ?? '';
