import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Disturbance } from './crew.ts';
import type { Effect } from './effect.ts';
import { type Treatment, untroubled, type Wire } from './wire.ts';

/** A request that a worker waits to be let do. */
export interface Step {
  /** `A` or `B`, and what it is about to do: the same in every run that came the same way. */
  readonly name: string;
  readonly effect: Effect;
}

/** Holds every request of some workers back until it is let through, one at a time. */
export interface Gate {
  /** For the crew, in the order of the workers. */
  readonly disturbances: readonly Disturbance[];
  /** Resolves once no worker can go on by itself: to what each waits to be let do, `undefined` when all have ended. */
  quiet(): Promise<readonly Step[] | undefined>;
  /** Lets a request through. */
  open(step: Step): void;
  close(): void;
}

interface Gated {
  readonly who: string;
  wire: Wire | undefined;
  ended: boolean;
  /** Requests that its clients have begun, whether they have reached the wire yet or not. */
  begun: number;
}

const createdChannel = 'http.client.request.created';

/** Turns of the event loop in which nothing may happen, until it is believed that nothing will: what is on its way is in this process. */
const calmTurns = 12;
/** Milliseconds after which a worker that neither asks nor ends is given up. */
const longest = 20_000;

export function gate(names: readonly string[]): Gate {
  const workers = names.map((who): Gated => ({ who, wire: undefined, ended: false, begun: 0 }));
  const waiting = new Map<string, { readonly step: Step; readonly open: (treatment: Treatment) => void }>();

  function onCreated(message: unknown): void {
    const host = (message as { request: ClientRequest }).request.getHeader('host');
    const worker = workers.find(({ wire }) => Object.values(wire?.urls ?? {}).includes(`http://${host}`));
    if (worker !== undefined) worker.begun++;
  }
  subscribe(createdChannel, onCreated);

  const disturbances = workers.map(
    (worker): Disturbance => ({
      ample: true,
      treat: (effect) => {
        const step = { name: `${worker.who}: ${effect.name}`, effect };
        return new Promise((open) => waiting.set(step.name, { step, open }));
      },
      opened(wire) {
        worker.wire = wire;
      },
      ended() {
        worker.ended = true;
      },
    }),
  );

  /** Something is between a worker and the end of the wire. */
  const isUnderWay = ({ wire, begun, ended }: Gated): boolean =>
    wire !== undefined &&
    !ended &&
    (wire.seen.length < begun || wire.seen.some(({ treatment, answered }) => treatment !== undefined && !answered));

  const state = () => workers.map(({ wire, begun, ended }) => `${begun} ${wire?.seen.length} ${ended}`).join();

  return {
    disturbances,
    async quiet() {
      const since = performance.now();
      let [calm, before] = [0, ''];
      while (calm < calmTurns) {
        await new Promise((resolve) => setImmediate(resolve));
        const now = state();
        calm = now === before && !workers.some(isUnderWay) && canBeAsked() ? calm + 1 : 0;
        before = now;
        if (performance.now() - since > longest) throw new Error('A worker neither asks for anything nor ends.');
      }
      return workers.every(({ ended }) => ended) ? undefined : [...waiting.values()].map(({ step }) => step);
    },
    open({ name }) {
      const held = waiting.get(name);
      if (held === undefined) throw new Error(`This run went another way: nobody waits to do “${name}”.`);
      waiting.delete(name);
      held.open(untroubled);
    },
    close: () => unsubscribe(createdChannel, onCreated),
  };

  /** Whoever has begun and not ended waits for something. */
  function canBeAsked(): boolean {
    return workers.every(({ ended }) => ended) || waiting.size > 0;
  }
}
