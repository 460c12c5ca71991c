import type { Services, UseName } from '../useCases.ts';
import { type Doomed, leaving, left, ofStore } from './doomed.ts';

/** Who comes back to a message, and when. */
export const mutantsOfWakes = {
  queuedBeforeItsWake: {
    name: 'a message that says it waits before its wake is armed',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 6_000,
    services: wakesAfterJudgements,
    useCases: ({ receiveSms, wakeUp }) => ({
      receiveSms: (sms, services) => receiveSms(sms, services).finally(() => armAll(services)),
      wakeUp: (wake, services) => wakeUp(wake, services).finally(() => armAll(services)),
    }),
  },
  wakeDroppedWhileLeased: {
    name: 'a wake that is dropped because the lease still lives',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 2_000,
    services: droppedWhileLeased,
  },
  commitAfterItsWatchdog: {
    name: 'a request that commits after its watchdog',
    profile: 'watch',
    breaks: 'every message comes to an end',
    settings: { commitWithin: Number.POSITIVE_INFINITY },
  },
  noClockTolerance: {
    name: 'clocks that are believed to the second',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 500,
    settings: { clockTolerance: 0 },
  },
  littleLeaseAndNobody: {
    name: 'a send that is not begun for want of lease, and nobody told',
    profile: 'watch',
    breaks: 'every message comes to an end',
    within: 4_000,
    services: ({ wakes, clock, ...services }: Services): Services => ({
      ...services,
      clock,
      wakes: {
        ...wakes,
        arm: async (wake, at) => (at - clock.now() <= 1_000 && 'key' in wake ? undefined : wakes.arm(wake, at)),
      },
    }),
  },
  loserEnds: {
    name: 'a wake that ends because another was quicker',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 4_000,
    services: ofStore(
      (store) => ({ judge: async (...given) => (await store.judge(...given)) ?? leaving() }),
      ['wakeUp'],
    ),
    useCases: ({ wakeUp }) => ({ wakeUp: left(wakeUp) }),
  },
  wakesLeaveTheInbox: {
    name: 'wakes that do not see to the inbox',
    profile: 'mid',
    breaks: 'the inbox shows the conversation where its head says',
    within: 3_000,
    services: (services, use) =>
      use === 'wakeUp' ? { ...services, inbox: { ...services.inbox, move: async () => {} } } : services,
  },
  poisonIsDropped: {
    name: 'a poisoned wake that is dropped when it cannot be settled',
    profile: 'high',
    breaks: 'every message comes to an end',
    within: 4_000,
    services: (services, use) =>
      use === 'settle' ? { ...services, wakes: { ...services.wakes, armSettling: async () => {} } } : services,
  },
} as const satisfies Readonly<Record<string, Doomed>>;

const putOff = new WeakMap<object, (() => Promise<void>)[]>();

async function armAll(services: object): Promise<void> {
  for (const arm of putOff.get(services)?.splice(0) ?? []) await arm();
}

/** Every wake waits until a judgement is written, or the use case ends. */
function wakesAfterJudgements(services: Services, use: UseName): Services {
  if (use !== 'receiveSms' && use !== 'wakeUp') return services;
  const { store, wakes } = services;
  const waiting: (() => Promise<void>)[] = [];
  const changed: Services = {
    ...services,
    wakes: { ...wakes, arm: async (...given) => void waiting.push(() => wakes.arm(...given)) },
    store: {
      ...store,
      async judge(...given) {
        const etag = await store.judge(...given);
        await armAll(changed);
        return etag;
      },
    },
  };
  putOff.set(changed, waiting);
  return changed;
}

/** A look that has sent nothing arms nothing, save its second look for what is missing. */
function droppedWhileLeased(services: Services, use: UseName): Services {
  if (use !== 'wakeUp') return services;
  const { sender, wakes } = services;
  let sent = false;
  return {
    ...services,
    sender: {
      send(...given) {
        sent = true;
        return sender.send(...given);
      },
    },
    wakes: { ...wakes, arm: async (wake, at) => (sent || 'misses' in wake ? wakes.arm(wake, at) : undefined) },
  };
}
