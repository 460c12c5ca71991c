import type { Dials } from '../../../dials.ts';
import type { Pace } from '../pace.ts';
import { durations } from '../rules.ts';
import type { Callback } from './callback.ts';
import type { Gate } from './gate.ts';
import type { Postman } from './postman.ts';

/** A callback and what came of it. */
export interface CallbackReport {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly attempts: { readonly at: string; readonly outcome: string }[];
}

/** Brings events to the app's callback addresses. */
export interface Callbacks {
  post(callback: Callback): void;
  /** What was posted on a lane, in order. */
  reports(lane: string): readonly CallbackReport[];
  /**
   * From now to its end, what is posted waits for nothing that was on its way before: the app may be busy with that until the
   * request that brings this about is answered.
   */
  overtake(): Overtaking;
  /** What came of a lane's callbacks is asked for no more. */
  forget(lane: string): void;
  clear(): void;
}

export interface Overtaking {
  /** Resolves, and ends it, when all that was posted since has arrived, or failed once. */
  arrived(): Promise<void>;
  end(): void;
}

export interface CallbacksNeeds {
  readonly pace: Pace;
  readonly gate: Gate;
  readonly postman: Postman;
  readonly dials: () => Dials;
  readonly random: (...names: readonly (string | number)[]) => () => number;
}

interface Item extends Callback {
  readonly number: number;
  readonly report: CallbackReport;
  /** Where it waits for its turn. */
  readonly outbox: string;
  readonly tried: () => void;
}

interface State {
  number: number;
  readonly reports: Map<string, CallbackReport[]>;
  readonly outboxes: Map<string, Item[]>;
  /** By number. */
  readonly underWay: Map<number, Promise<void>>;
  /** Of requests whose events overtake their answers: the number that was the latest when they came. */
  readonly overtaking: Set<{ readonly after: number }>;
}

export function callbacksOf(needs: CallbacksNeeds): Callbacks {
  const state: State = {
    number: 0,
    reports: new Map(),
    outboxes: new Map(),
    underWay: new Map(),
    overtaking: new Set(),
  };
  return {
    post(callback) {
      needs.pace.track(bring(needs, state, itemOf(state, callback)));
    },
    reports: (lane) => state.reports.get(lane) ?? [],
    overtake: () => overtake(state),
    forget: (lane) => void state.reports.delete(lane),
    clear() {
      state.reports.clear();
      state.outboxes.clear();
    },
  };
}

function itemOf(state: State, callback: Callback): Item {
  const { id, type, time } = callback.event;
  const report: CallbackReport = { id, type, time, attempts: [] };
  state.reports.set(callback.lane, [...(state.reports.get(callback.lane) ?? []), report]);
  state.number += 1;
  const { promise, resolve } = Promise.withResolvers<void>();
  const { number, underWay } = state;
  underWay.set(number, promise);
  const tried = () => {
    underWay.delete(number);
    resolve();
  };
  const after = [...state.overtaking].at(-1)?.after;
  const outbox = after === undefined ? callback.lane : `${callback.lane} after ${after}`;
  return { ...callback, number, report, outbox, tried };
}

function overtake({ number: after, underWay, overtaking }: State): Overtaking {
  const request = { after };
  overtaking.add(request);
  const end = () => void overtaking.delete(request);
  return {
    end,
    async arrived() {
      const later = [...underWay].filter(([number]) => number > after);
      await Promise.all(later.map(([, tried]) => tried));
      end();
    },
  };
}

/** Into its lane: at once, or after as long as the dials hold it back. Who comes to an empty lane works it off. */
async function bring(needs: CallbacksNeeds, state: State, item: Item): Promise<void> {
  const { delayMs, reorderMs } = needs.dials().calls.callbacks;
  await needs.gate.passed();
  const held = delayMs + reorderMs * needs.random('calls', 'reorder', item.number)();
  if (held > 0) {
    needs.pace.act(held, () => needs.pace.track(enqueue(needs, state, item)));
    return;
  }
  await enqueue(needs, state, item);
}

async function enqueue(needs: CallbacksNeeds, { outboxes }: State, item: Item): Promise<void> {
  const waiting = outboxes.get(item.outbox);
  if (waiting !== undefined) return void waiting.push(item);
  const outbox = [item];
  outboxes.set(item.outbox, outbox);
  // What comes of the same cause comes in the same moment.
  await Promise.resolve();
  while (outbox.length > 0) await attempt(needs, take(outbox, needs.dials().calls.callbacks.batch), 0);
  if (outboxes.get(item.outbox) === outbox) outboxes.delete(item.outbox);
}

/** The first, and those after it that go to the same address. */
function take(outbox: Item[], most: number): readonly Item[] {
  const [first] = outbox;
  const end = outbox.findIndex(({ url }) => url !== first?.url);
  return outbox.splice(0, Math.min(most, end < 0 ? outbox.length : end));
}

/** `failures`: how many attempts there were. Failed ones come again later, each for itself, past whatever is in the lane. */
async function attempt(needs: CallbacksNeeds, items: readonly Item[], failures: number): Promise<void> {
  const { pace, postman, dials, random } = needs;
  const { drop, duplicate } = dials().calls.callbacks;
  const draw = random('calls', 'callback', items[0]?.number ?? 0, failures);
  const outcome = draw() < drop ? 'dropped' : await postman.bring(items);
  note(pace, items, outcome);
  if (/^2/.test(outcome)) {
    if (draw() < duplicate) note(pace, items, await postman.bring(items));
    return;
  }
  const { timeScale, switches } = dials();
  if (outcome === 'stopped' || failures >= switches.callbackRetries) return;
  const wait = (durations.firstRetry * 2 ** failures) / timeScale;
  pace.act(wait, () => pace.track(attempt(needs, items, failures + 1)));
}

function note(pace: Pace, items: readonly Item[], outcome: string): void {
  const at = new Date(pace.now()).toISOString();
  for (const { report, tried } of items) {
    report.attempts.push({ at, outcome });
    tried();
  }
}
