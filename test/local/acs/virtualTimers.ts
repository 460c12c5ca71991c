import type { Timers } from '../../../local/eventGrid/timers.ts';

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only when a test says so; it starts at the real present, which signatures of real clients bear. */
export interface VirtualTimers extends Timers {
  /** Runs what falls due meanwhile, in order. */
  pass(ms: number): void;
  /** Resolves when the next timer is set. */
  armed(): Promise<void>;
}

export function virtualTimers(start = Date.now()): VirtualTimers {
  let now = start;
  const waiting = new Set<Waiting>();
  const watchers: (() => void)[] = [];
  const next = (until: number) => [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { at: now + ms, run };
      waiting.add(timer);
      for (const resolve of watchers.splice(0)) resolve();
      return timer;
    },
    clearTimeout: (timer) => void waiting.delete(timer as Waiting),
    pass(ms) {
      const until = now + ms;
      for (let due = next(until); due !== undefined; due = next(until)) {
        waiting.delete(due);
        now = due.at;
        due.run();
      }
      now = until;
    },
    armed: () => new Promise((resolve) => watchers.push(resolve)),
  };
}
