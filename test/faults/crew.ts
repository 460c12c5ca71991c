import { AppError } from '../../shared/core/errors.ts';
import type { UseName } from '../simulation/useCases.ts';
import type { Destination, Effect } from './effect.ts';
import type { Passing } from './passing.ts';
import type { Eyes } from './seen.ts';
import { type Uses, usesOf } from './uses.ts';
import { type Answer, type Treatment, untroubled, type Wire, wireFor } from './wire.ts';
import { type AppServices, type Given, servicesOver } from './worker.ts';

/** What a worker's call came to. */
export type Ending<T> =
  | { readonly type: 'returned'; readonly value: T }
  | { readonly type: 'threw'; readonly error: unknown }
  | { readonly type: 'died' };

export interface Call<T> {
  readonly label: string;
  /** Absent: one of calls. */
  readonly use?: UseName;
  readonly act: (services: AppServices, uses: Uses) => Promise<T>;
}

/** What is done to the requests of the next worker that is called. */
export interface Disturbance {
  /** How the label of the worker's call begins; absent: whichever is next. */
  readonly of?: string | undefined;
  readonly treat: (effect: Effect) => Treatment | Promise<Treatment>;
  readonly maxRetries?: number;
  /** Its storage calls and sends are given up after this, in milliseconds of real time. */
  readonly patience?: number;
  /** There are segments enough, without a request for them. */
  readonly ample?: true;
  /** Hears of the wire before the first request, and of the end after the last. */
  readonly opened?: (wire: Wire) => void;
  readonly ended?: () => void;
}

/** Workers, each of which takes one call: the next may always find another process. */
export interface Crew {
  call<T>(call: Call<T>): Promise<Ending<T>>;
  /** The next workers to be called, in this order, are disturbed. */
  disturb(...disturbances: readonly Disturbance[]): void;
  /** Lines for whoever looks into a failure. */
  readonly story: readonly string[];
  close(): Promise<void>;
}

export interface CrewNeeds extends Pick<Given, 'account' | 'settings' | 'mutant' | 'publicUrl'> {
  readonly origins: Readonly<Record<Destination, string>>;
  readonly time: Passing;
  readonly eyes: Eyes;
  readonly carried: (effect: Effect, answer: Answer) => Promise<void>;
  /** Makes its tokens differ from those of other runs on the same account. */
  readonly name: string;
}

/** As the shipped app's. */
const storageDeadline = 5_000;
const usualRetries = 3;

export function crew(needs: CrewNeeds): Crew {
  const { time, eyes, origins, mutant } = needs;
  const story: string[] = [];
  const wires: Wire[] = [];
  const acts: Promise<unknown>[] = [];
  const waiting: Disturbance[] = [];
  let workers = 0;

  function given({ maxRetries = usualRetries, patience, ample }: Partial<Disturbance>, worker: string): Given {
    let tokens = 0;
    return {
      ...needs,
      maxRetries,
      ample: ample === true,
      deadlineMs: patience ?? storageDeadline,
      settings: { ...needs.settings, ...(patience !== undefined && { sendDeadline: patience }) },
      clock: time,
      rand: { token: () => `${worker}-${tokens++}`, fraction: () => 0.5 },
      log: (level, event, { reason } = {}) => {
        if (level !== 'info') story.push(`${at()} ${worker} logs ${event}${reason ? `: ${reason}` : ''}`);
      },
    };
  }

  /** Every change of a conversation is looked at when it is made, but not how a call goes on: that it ends is seen with its head. */
  async function carried(effect: Effect, answer: Answer): Promise<void> {
    if (effect.thing === 'conversations' && !effect.reads && !isOnTheCall(effect)) await eyes.look();
    await needs.carried(effect, answer);
  }

  function disturbanceOf(label: string): Disturbance | undefined {
    const n = waiting.findIndex(({ of = '' }) => label.startsWith(of));
    return n < 0 ? undefined : waiting.splice(n, 1)[0];
  }

  const at = () => `${(time.run() / 1_000).toFixed(3)} s`;

  return {
    story,
    disturb: (...disturbances) => void waiting.push(...disturbances),
    async call({ label, use, act }) {
      const disturbance = disturbanceOf(label);
      const worker = `${needs.name}w${++workers}`;
      const wire = await wireFor({ origins, treat: disturbance?.treat ?? (() => untroubled), carried });
      wires.push(wire);
      disturbance?.opened?.(wire);
      story.push(`${at()} ${worker} begins: ${label}`);
      const services = servicesOver(wire, given(disturbance ?? {}, worker), use);
      const acting = act(services, usesOf(mutant)).then(returned, threw);
      acts.push(acting);
      const ending = await Promise.race([acting, wire.died.then(() => died)]);
      for (const { effect, treatment } of wire.seen) story.push(`    ${lineOf(effect, treatment)}`);
      story.push(`${at()} ${worker} ${ending.type}${ending.type === 'threw' ? `: ${ending.error}` : ''}`);
      if (ending.type === 'threw' && !(ending.error instanceof AppError)) eyes.ledger.surprises.push(ending.error);
      if (ending.type !== 'died') wire.close();
      disturbance?.ended?.();
      return ending;
    },
    async close() {
      for (const wire of wires) wire.close();
      // What a dead worker's code still tries is broken off; it must not go on into the next run.
      await Promise.all(acts);
    },
  };
}

/** Its entry alone is written, which costs a look and changes nothing that is judged. */
const isOnTheCall = ({ label, body }: Effect): boolean =>
  label === 'conversations: put e' && body.includes('"direction":"call"');

const died = { type: 'died' } as const;
const returned = <T>(value: T) => ({ type: 'returned', value }) as const;
const threw = (error: unknown) => ({ type: 'threw', error }) as const;

function lineOf({ name, method, path }: Effect, treatment: Treatment | undefined): string {
  if (treatment === undefined) return `${name} (${method} ${path}): not treated`;
  if (treatment === untroubled) return name;
  return `${name} (${method} ${path}): ${JSON.stringify(treatment)}`;
}
