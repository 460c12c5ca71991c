import { AppError } from '../../shared/core/errors.ts';
import type { Logger } from '../../shared/core/logger.ts';
import type { Dials } from '../dials.ts';
import { type CustomTopic, topicIdOf } from './customTopic.ts';
import { type DeadLetter, deadLetterOf } from './deadLetter.ts';
import { type EventReport, reportOf } from './eventReport.ts';
import { exchangeWith } from './exchange.ts';
import { openMemory } from './memory.ts';
import { createOutages } from './outages.ts';
import { createQuiet } from './quiet.ts';
import { createRoute, type Route } from './route.ts';
import { readSubscriptions, type Subscription, type SubscriptionOptions, wants } from './subscription.ts';
import type { SystemEvent } from './systemEvent.ts';
import type { Timers } from './timers.ts';
import { topicEndpoint } from './topicEndpoint.ts';

export interface EventGridOptions {
  /** The resource id of the service whose events these are. */
  readonly topic: string;
  readonly subscriptions: readonly SubscriptionOptions[];
  /** Topics beside the service's own; they take what is posted to `handle`. */
  readonly topics?: readonly CustomTopic[] | undefined;
  readonly dials: () => Dials;
  readonly timers: Timers;
  readonly log: Logger;
  /** A file that keeps undelivered events over a restart; without it they end with the process. */
  readonly journal?: string | undefined;
  /** Where `handle` is mounted, such as `http://127.0.0.1:7080`; without it, endpoints cannot be validated by hand. */
  readonly origin?: (() => string) | undefined;
}

export interface EventGrid {
  /** Begins the handshakes; events go to each endpoint once it agreed. */
  start(): void;
  /** Resolves when the event is in the journal: from then on it is delivered, or given up by the rules. */
  publish(event: SystemEvent): Promise<void>;
  /** Every event, in the order in which they were published. */
  events(): readonly EventReport[];
  /** Those that are new or have changed since a look that ended at `cursor`; all of them (`whole`) without one that is known. */
  since(cursor?: string): { readonly events: readonly EventReport[]; readonly whole: boolean; readonly cursor: string };
  /** Sets all events with this id off again, delivered or given up as they may be, with their limits anew; how many there were. */
  redeliver(id: string): number;
  /** What has been given up and not set off again. */
  deadLetters(): readonly DeadLetter[];
  /**
   * Resolves when nothing is due or under way, which includes events that wait for a handshake or that the dials hold
   * back. Events that wait for their next try count only with `forGood`.
   */
  settled(options?: { readonly forGood?: boolean }): Promise<void>;
  /** Forgets all events; the handshakes stand. */
  clear(): void;
  /** Custom topics and the address for validating by hand, for whichever server it is mounted on; `undefined` for any other request. */
  handle(request: Request): Promise<Response> | Response | undefined;
  /** Stops. What was under way is tried again after a restart. */
  close(): Promise<void>;
}

const validationPath = '/eventgrid/validate';

/**
 * The local Event Grid: the topic of one service and custom ones, their subscriptions, and delivery by the service's rules. Faults in the subscriptions or
 * the journal are an `invalid-configuration`.
 */
export function createEventGrid(options: EventGridOptions): EventGrid {
  const { timers, topics = [] } = options;
  const subscriptions = readSubscriptions(options.subscriptions, topics);
  const names = subscriptions.map(({ name }) => name);
  const memory = openMemory(options.journal, names, timers.now());
  const { ledger, record } = memory;
  const quiet = createQuiet((forGood) => routes.every((route) => isQuiet(route, forGood)));
  const closing = new AbortController();
  const common = {
    ...options,
    ledger,
    record,
    exchange: exchangeWith(timers, closing.signal),
    outages: createOutages(options.log),
    validationUrl: (code: string) => options.origin && `${options.origin()}${validationPath}?id=${code}`,
    onChange: quiet.changed,
  };
  const topicOf = (subscription: Subscription) => topicIdOf(subscription, options.topic);
  const routes = subscriptions.map((subscription) =>
    createRoute({ ...common, subscription, topic: topicOf(subscription) }),
  );
  const schedule = (number: number, byHand = false) => {
    for (const { lane } of routes) lane.schedule(number, byHand);
  };

  async function publish(event: SystemEvent): Promise<void> {
    if (closing.signal.aborted)
      throw new AppError('conflict', 'The local Event Grid is closed and takes no more events.');
    const number = ledger.nextNumber();
    const to = subscriptions.filter((subscription) => wants(subscription, event)).map(({ name }) => name);
    record({ type: 'published', number, at: timers.now(), event, to });
    schedule(number);
  }
  const takePost = topicEndpoint({ topics, timers, publish });

  return {
    publish,
    start() {
      for (const { number } of ledger.publications()) schedule(number);
      for (const { admission } of routes) admission.begin();
    },
    events: () => ledger.publications().map(reportOf),
    since(cursor) {
      const { has, ...look } = ledger.since(cursor);
      const changed = ledger.publications().filter(({ number }) => has(number));
      return { events: changed.map(reportOf), ...look };
    },
    redeliver(id) {
      const found = ledger.publications().filter(({ event }) => event.id === id);
      for (const { number } of found) {
        record({ type: 'again', number, at: timers.now() });
        schedule(number, true);
      }
      return found.length;
    },
    deadLetters: () =>
      ledger
        .publications()
        .flatMap((publication) =>
          subscriptions.flatMap((each) => deadLetterOf(each, publication, topicOf(each)) ?? []),
        ),
    settled: ({ forGood = false } = {}) => quiet.settled(forGood),
    clear() {
      for (const { lane } of routes) lane.clear();
      memory.clear();
      quiet.changed();
    },
    handle: (request) => takePost(request) ?? validateByHand(routes, request),
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      for (const { admission } of routes) admission.close();
      await Promise.all(routes.map(({ lane }) => lane.close()));
      memory.close();
      quiet.changed();
    },
  };
}

const isQuiet = ({ lane, admission }: Route, forGood: boolean): boolean =>
  lane.isSettled(forGood) && !admission.isAsking();

function validateByHand(routes: readonly Route[], request: Request): Response | undefined {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== 'GET' || pathname !== validationPath) return undefined;
  const code = searchParams.get('id') ?? '';
  if (routes.some(({ admission }) => admission.validate(code))) return new Response('The endpoint is validated.');
  return new Response('This address was never good, has been used, or is more than 5 minutes old.', { status: 404 });
}
