import * as z from 'zod/mini';
import type { Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { type OwnEvent, withoutText } from './ownEvents.ts';

/** Where own events go, all of one handling in one request. Never throws: it says what went wrong. */
export interface Topic {
  send(events: readonly OwnEvent[]): Promise<TopicFailure | undefined>;
}

export interface TopicFailure {
  readonly reason: string;
  /** It does not pass by itself: a rejected key, a topic that is gone. */
  readonly alarm: boolean;
}

/** Events whose topic did not take them. */
export interface Waiting {
  readonly events: readonly OwnEvent[];
  /** When they were first to be told, milliseconds since 1970. */
  readonly since: number;
  /** How often they have been put off. */
  readonly tries: number;
}

/** Tells other systems. Throws only for our own storage: then whatever is being handled comes again, and tells the same. */
export interface OwnEvents {
  /** Resolves when the events are told, or safely wait to be. `make` is not called when there is nobody to tell. */
  publish(make: () => readonly OwnEvent[] | Promise<readonly OwnEvent[]>): Promise<void>;
  /** What a wake brings back. */
  publishAgain(waiting: Waiting): Promise<void>;
}

interface Reach {
  /** Absent: nobody is told. */
  readonly topic: Topic | undefined;
  /** Whether texts are told, or only that there were some. */
  readonly texts: boolean;
  readonly wakes: { arm(wake: { readonly tell: Waiting }, at: number): Promise<void> };
  readonly dropped: { keep(event: unknown, reason: string): Promise<void> };
  readonly clock: Clock;
  readonly log: Logger;
}

/** Milliseconds for which a topic that failed is left alone, so that the texts of a busy minute do not each wait for it. */
const restFor = 30_000;
const firstWait = 30_000;
const longestWait = 30 * 60_000;
/** As long as Event Grid itself keeps at an endpoint (https://learn.microsoft.com/azure/event-grid/delivery-and-retry). */
const longestAge = 24 * 3_600_000;

/**
 * Own events over a topic that may be somebody else's: what it does not take waits among the wakes for a day and is then
 * kept in `dropped`, so that a broken topic neither stops our texts nor loses an event.
 */
export function ownEvents({ topic, texts, wakes, dropped, clock, log }: Reach): OwnEvents {
  const tell = topic && resting(topic, clock, log);
  const putOff = (waiting: Waiting): Promise<void> => {
    const wait = Math.min(firstWait * 2 ** waiting.tries, longestWait);
    return wakes.arm({ tell: { ...waiting, tries: waiting.tries + 1 } }, clock.now() + wait);
  };
  const drop = async (events: readonly OwnEvent[], reason: string): Promise<void> => {
    for (const event of events) await dropped.keep(event, reason);
    log('error', 'events.dropped', { count: events.length, reason, alarm: true });
  };

  return {
    async publish(make) {
      if (tell === undefined) return;
      const made = await make();
      const events = texts ? made : made.map(withoutText);
      if (events.length === 0 || (await tell(events))) return;
      await putOff({ events, since: clock.now(), tries: 0 });
    },
    async publishAgain(waiting) {
      if (tell === undefined)
        return drop(waiting.events, 'There is no topic for it any more: EVENTS_ENDPOINT is not set.');
      if (await tell(waiting.events)) return;
      if (clock.now() - waiting.since < longestAge) return putOff(waiting);
      return drop(waiting.events, 'Its topic did not take it for a day; the log says why.');
    },
  };
}

/** True if the topic took the events. One that has failed is asked by one caller at a time, every half minute. */
function resting(topic: Topic, clock: Clock, log: Logger): (events: readonly OwnEvent[]) => Promise<boolean> {
  let failing = false;
  let restUntil = 0;
  return async (events) => {
    if (failing && clock.now() < restUntil) return false;
    restUntil = clock.now() + restFor;
    const failure = await topic.send(events);
    failing = failure !== undefined;
    if (failure !== undefined) log('warn', 'events.not-taken', { count: events.length, ...failure });
    return !failing;
  };
}

const ownEvent = z.object({
  id: z.string(),
  type: z.enum(['Switchboard.MessageReceived', 'Switchboard.MessageStatusChanged', 'Switchboard.ConsentChanged']),
  subject: z.string(),
  time: z.string(),
  data: z.looseObject({ conversation: z.string() }),
});

const waiting = z.object({ events: z.array(ownEvent), since: z.number(), tries: z.number() });

/** Reads what `arm` was given as a queue brings it back, parsed from its JSON; `undefined` for anything else. */
export function parseWaiting(message: unknown): Waiting | undefined {
  const { data } = waiting.safeParse(message);
  return data as Waiting | undefined;
}
