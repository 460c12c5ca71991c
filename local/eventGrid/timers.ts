import type { Clock } from '../../shared/core/time.ts';

/** Time as the local world takes it: the real one, or a test's own. All of it in milliseconds. */
export interface Timers extends Clock {
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const realTimers: Timers = { now: () => Date.now(), setTimeout, clearTimeout };
