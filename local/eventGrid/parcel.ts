import { type Dials, seededRandom } from '../dials.ts';
import { inSchema, notification } from './envelope.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Attempt, Publication } from './ledger.ts';
import { notice, type Outages } from './outages.ts';
import { limits, outcomeOf } from './rules.ts';
import type { Subscription } from './subscription.ts';
import type { Timers } from './timers.ts';

/** What it takes to bring anything to one endpoint. */
export interface Carrier {
  readonly subscription: Subscription;
  readonly topic: string;
  readonly dials: () => Dials;
  readonly timers: Timers;
  readonly exchange: Exchange;
  readonly outages: Outages;
}

/** A number in [0, 1) for a purpose: the same one for the same seed, event, subscription and attempt, whatever else goes on. */
export function chance(
  purpose: string,
  { dials, subscription }: Pick<Carrier, 'dials' | 'subscription'>,
  publication: Publication,
): number {
  const attempts = publication.deliveries.get(subscription.name)?.attempts.length ?? 0;
  return seededRandom(dials().seed, purpose, subscription.name, publication.number, attempts)();
}

/** How many events may share a request. */
export const mostEvents = ({ dials, subscription }: Pick<Carrier, 'dials' | 'subscription'>): number =>
  dials().eventGrid.batch ?? subscription.batch?.maxEvents ?? 1;

/** Fills one request: says of one event after the other whether it still has room. An event larger than preferred goes alone. */
export function roomInParcel({ dials, subscription, topic }: Carrier): (publication: Publication) => boolean {
  const most = mostEvents({ dials, subscription });
  const preferred = (subscription.batch?.preferredKb ?? limits.batchKb) * 1_024;
  let count = 0;
  let bytes = 0;
  return ({ event }) => {
    count += 1;
    if (count > most) return false;
    if (most > 1) bytes += Buffer.byteLength(JSON.stringify(inSchema(subscription.schema, event, topic)));
    return count === 1 || bytes <= preferred;
  };
}

/** Brings events to their endpoint in one request, all or none, unless the dials lose it on the way. */
export async function carry(carrier: Carrier, parcel: readonly [Publication, ...Publication[]]): Promise<Attempt> {
  const { subscription, dials, timers } = carrier;
  const at = timers.now();
  const isDropped = chance('drop', carrier, parcel[0]) < dials().eventGrid.drop;
  const answer = isDropped ? lost : await carrier.exchange(requestOf(carrier, parcel));
  if (!isDropped) notice(carrier.outages, subscription, answer);
  return { at, ms: timers.now() - at, ...outcomeIn(answer) };
}

const lost: Answer = { type: 'failed', outcome: 'TimedOut', detail: 'lost on the way, by the dial' };

function requestOf(carrier: Carrier, parcel: readonly Publication[]) {
  const { subscription, topic, dials } = carrier;
  const tries = parcel.map(({ deliveries }) => deliveries.get(subscription.name)?.tries ?? 0);
  return notification(subscription, {
    events: parcel.map(({ event }) => event),
    topic,
    deliveryCount: Math.max(...tries) + dials().switches.deliveryCountFrom,
    inBatch: mostEvents(carrier) > 1,
  });
}

/** What an endpoint said to a failure is kept, cut to 300 characters, for whoever looks at the event. */
function outcomeIn(answer: Answer): Pick<Attempt, 'outcome' | 'status' | 'detail'> {
  if (answer.type === 'failed') return { outcome: answer.outcome, detail: answer.detail };
  const outcome = outcomeOf(answer.status);
  const said = outcome === 'Delivered' || answer.body === '' ? {} : { detail: answer.body.slice(0, 300) };
  return { outcome, status: answer.status, ...said };
}
