import { createQuiet } from '../../eventGrid/quiet.ts';
import type { Timers } from '../../eventGrid/timers.ts';

/** Calls off what has not happened yet. */
export type Cancel = () => void;

/** Time as calls take it. What acts by itself keeps the world from being quiet; what waits for somebody does not. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number;
  /** What will happen by itself: the end of a prompt, a retry. At 0 it happens as soon as whoever asked has finished. */
  act(ms: number, run: () => void): Cancel;
  /** What happens if nobody does anything: the end of a silence, of a ring. */
  wait(ms: number, run: () => void): Cancel;
  /** Work that ends by itself; it must not fail. */
  track(work: Promise<void>): void;
  /** Resolves when nothing acts. */
  settled(): Promise<void>;
  /** Resolves when no work is left; what waits for its time goes on waiting. */
  caughtUp(): Promise<void>;
  /** Calls off everything, and waits for what is under way. */
  stop(): Promise<void>;
}

export function paceOf(timers: Timers): Pace {
  const acting = new Set<object>();
  const pending = new Set<Cancel>();
  const works = new Set<Promise<void>>();
  const quiet = createQuiet(() => acting.size + works.size === 0);

  const later = (ms: number, run: () => void, acts: boolean): Cancel => {
    const mark = {};
    const end = () => {
      pending.delete(cancel);
      acting.delete(mark);
      quiet.changed();
    };
    let over = false;
    const fire = () => {
      if (over) return;
      over = true;
      run();
      end();
    };
    const timer = ms > 0 ? timers.setTimeout(fire, ms) : undefined;
    if (timer === undefined) queueMicrotask(fire);
    const cancel = () => {
      if (over) return;
      over = true;
      if (timer !== undefined) timers.clearTimeout(timer);
      end();
    };
    pending.add(cancel);
    if (acts) acting.add(mark);
    return cancel;
  };

  return {
    now: timers.now,
    act: (ms, run) => later(ms, run, true),
    wait: (ms, run) => later(ms, run, ms <= 0),
    track(work) {
      const tracked = work.finally(() => {
        works.delete(tracked);
        quiet.changed();
      });
      works.add(tracked);
    },
    settled: () => quiet.settled(false),
    async caughtUp() {
      while (works.size > 0) await Promise.all(works);
    },
    async stop() {
      for (const cancel of [...pending]) cancel();
      await Promise.allSettled(works);
    },
  };
}
