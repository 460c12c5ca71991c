import type { Timers } from '../../../local/eventGrid/timers.ts';

/** Time that stands still until a test moves it. */
export interface VirtualTimers extends Timers {
  /** Lets time pass, and what falls due on the way happen in its order. */
  advance(ms: number): void;
  /** How long until the next thing falls due; `undefined` if nothing will. */
  untilNext(): number | undefined;
}

export function virtualTimers(start = Date.parse('2026-11-24T02:00:00Z')): VirtualTimers {
  let now = start;
  let last = 0;
  const pending = new Map<number, { readonly at: number; readonly run: () => void }>();
  const first = () => [...pending].sort(([, a], [, b]) => a.at - b.at)[0];
  return {
    now: () => now,
    setTimeout(run, ms) {
      last += 1;
      pending.set(last, { at: now + ms, run });
      return last;
    },
    clearTimeout: (timer) => void pending.delete(timer as number),
    advance(ms) {
      const end = now + ms;
      for (let next = first(); next !== undefined && next[1].at <= end; next = first()) {
        const [id, { at, run }] = next;
        pending.delete(id);
        now = at;
        run();
      }
      now = end;
    },
    untilNext() {
      const next = first();
      return next && next[1].at - now;
    },
  };
}
