import type { CallServices } from '../../shared/calls/callServices.ts';
import { keepRecording, type ReadyRecording } from '../../shared/calls/keepRecording.ts';
import { type CallWorldOptions, callWorld } from './callWorld.ts';
import { type Fault, gated } from './gate.ts';

export interface PlannedFault {
  readonly n: number;
  readonly fault: Fault;
}

export interface Performed {
  readonly world: ReturnType<typeof callWorld>;
  /** The effects of every process that took part, in order. */
  readonly effects: readonly string[];
}

interface Parcel {
  readonly deliver: (services: CallServices) => Promise<void>;
  readonly tries: number;
  readonly wait: number;
}

/** So often a delivery is tried. */
const mostTries = 6;
/** Milliseconds after which the world has stopped. */
const longest = 30 * 3_600_000;
/** Milliseconds within which the recording is ready: wakes that are further off wait for it. */
const readyWithin = 3_600_000;

export interface PerformanceOptions extends CallWorldOptions {
  /** Whether the provider tells an event again that was not taken. */
  readonly callbacksRepeat?: boolean;
  /** What the provider has ready when the call is over, in the order in which it tells. */
  readonly recordings?: readonly ReadyRecording[];
  /** What begins it; without it, a ring. */
  readonly begin?: (services: CallServices) => Promise<unknown>;
  /** Whether what begins it comes again until it was taken. */
  readonly beginsAgain?: boolean;
  readonly prepare?: (world: ReturnType<typeof callWorld>) => void;
}

/**
 * A whole call, every delivery in a process of its own: the ring, each event, each wake, the recording. The n-th effect of all
 * meets a fault; what was not taken comes again, as Event Grid and the queue see to.
 */
export async function perform(options: PerformanceOptions, planned?: PlannedFault): Promise<Performed> {
  const world = callWorld(options);
  options.prepare?.(world);
  const effects: string[] = [];
  const begun = world.now();
  const begin = options.begin ?? world.answer;
  const waiting: Parcel[] = [
    {
      deliver: async (services) => void (await begin(services)),
      tries: options.beginsAgain === false ? 1 : mostTries,
      wait: 10_000,
    },
  ];
  const recordings = [...(options.recordings ?? [])];

  const deliver = async ({ deliver: taken, tries, wait }: Parcel): Promise<void> => {
    const at = planned && planned.n > effects.length ? { ...planned, n: planned.n - effects.length } : undefined;
    const gate = gated(world.services, at);
    const took = await settles(taken(gate.services));
    effects.push(...gate.effects);
    if (!took && tries > 1) {
      await world.advance(wait);
      waiting.unshift({ deliver: taken, tries: tries - 1, wait });
    }
  };

  for (;;) {
    const next = waiting.shift() ?? told() ?? woken(readyWithin) ?? ready() ?? woken();
    if (next === undefined || world.now() - begun > longest) return { world, effects };
    await deliver(next);
  }

  function told(): Parcel | undefined {
    const signal = world.provider.events.shift();
    const tries = options.callbacksRepeat === false ? 1 : mostTries;
    return signal && { deliver: (services) => world.signal(signal, services), tries, wait: 1_000 };
  }

  function woken(within = longest): Parcel | undefined {
    const due = world.wakes.toSorted((a, b) => a.at - b.at)[0];
    if (due === undefined || due.at - world.now() > within) return undefined;
    world.wakes.splice(world.wakes.indexOf(due), 1);
    const time = Math.max(0, due.at - world.now());
    const deliver = async (services: CallServices) => {
      await world.advance(Math.max(0, Math.min(time, due.at - world.now())));
      await world.wake(due.wake, services);
    };
    return { deliver, tries: mostTries, wait: 30_000 };
  }

  function ready(): Parcel | undefined {
    const recording = recordings.shift();
    return recording && { deliver: (services) => keepRecording(recording, services), tries: mostTries, wait: 10_000 };
  }
}

/** Whether it came to its end well; what waits for a dead process never does. */
async function settles(taking: Promise<void>): Promise<boolean> {
  const idle = async () => {
    for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
    return false;
  };
  const took = taking.then(
    () => true,
    () => false,
  );
  return Promise.race([took, idle()]);
}
