import type { Timers } from '../eventGrid/timers.ts';

/** The same time; whatever still waits can be called off together, so that nothing outlives a server. */
export function scopedTimers(timers: Timers): Timers & { clearAll(): void } {
  const pending = new Set<unknown>();
  return {
    now: timers.now,
    setTimeout(run, ms) {
      const timer = timers.setTimeout(() => {
        pending.delete(timer);
        run();
      }, ms);
      pending.add(timer);
      return timer;
    },
    clearTimeout(timer) {
      pending.delete(timer);
      timers.clearTimeout(timer);
    },
    clearAll() {
      for (const timer of pending) timers.clearTimeout(timer);
      pending.clear();
    },
  };
}
