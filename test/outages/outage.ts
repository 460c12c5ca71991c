import { until } from '../support/realWorld.ts';
import { aWorld, type TestWorld } from '../support/world.ts';
import { type Gate, gated, type Warden } from './gate.ts';

const service = '+14255550100';

/** Seconds in the place of many: a lease of three, and one for the provider to answer. */
export const quick = {
  SEND_DEADLINE_SECONDS: '1',
  SEND_MARGIN_SECONDS: '2',
  SEND_LEASE_SECONDS: '3',
  CLOCK_TOLERANCE_SECONDS: '1',
};

/** The same with time for many to be served at once by few processors. */
const easy = { ...quick, SEND_DEADLINE_SECONDS: '2', SEND_MARGIN_SECONDS: '3', SEND_LEASE_SECONDS: '8' };

/** A world of which a part can be away, with people who text it. */
export interface Outage {
  readonly world: TestWorld;
  /** Those before what was given a warden. */
  readonly gates: readonly Gate[];
  text(from: readonly string[]): Promise<unknown>;
  /** How many texts each has got. */
  got(people: readonly string[]): readonly number[];
  /** Resolves once each has got at least one. */
  answered(people: readonly string[]): Promise<unknown>;
  /** How often each status was given to a delivery of a text. */
  statuses(): Readonly<Record<string, number>>;
}

let people = 0;
const somebody = () => `+1425555${7_000 + people++}`;

/** So many people whom nobody has heard of. */
export const some = (count: number): readonly string[] => Array.from({ length: count }, somebody);

/** The caller closes its world. */
export async function facing(wardens: { readonly acs?: Warden; readonly storage?: Warden }): Promise<Outage> {
  const gates: Gate[] = [];
  const world = await aWorld({
    environment: easy,
    async reroute(places) {
      const behind = await gated(places, wardens);
      gates.push(...behind.gates);
      return behind.places;
    },
  });
  const { carrier } = world.acs;
  const got = (of: readonly string[]) => of.map((to) => carrier.sent({ to }).length);
  return {
    world: {
      ...world,
      async close() {
        await world.close();
        for (const gate of gates) await gate.close();
      },
    },
    gates,
    text: (from) => Promise.all(from.map((each) => carrier.text(each, service, 'hours'))),
    got,
    answered: (of) => until('all answers', async () => got(of).every((count) => count > 0) || undefined),
    statuses: () => statusesIn(world),
  };
}

function statusesIn({ eventGrid }: TestWorld): Readonly<Record<string, number>> {
  const attempts = eventGrid
    .events()
    .filter(({ event }) => event.eventType.endsWith('SMSReceived'))
    .flatMap(({ deliveries }) => deliveries.flatMap((delivery) => delivery.attempts));
  const byStatus = Map.groupBy(attempts, ({ status }) => String(status));
  return Object.fromEntries([...byStatus].map(([status, { length }]) => [status, length]));
}
