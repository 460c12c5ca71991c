import type { Dials } from '../dials.ts';
import { failuresBeforeProbation, type Outcome, probationAfter } from './rules.ts';
import type { Timers } from './timers.ts';

/** Whether an endpoint has failed so often in a row that it is left in peace for a while. */
export interface Probation {
  /** Milliseconds since 1970; in the past when there is none. */
  until(): number;
  isOn(): boolean;
  /** True if this outcome begins a probation; further failures lengthen it. */
  heed(outcome: Outcome): boolean;
  end(): void;
}

export function createProbation(timers: Timers, dials: () => Dials): Probation {
  let failures = 0;
  let until = 0;
  const end = () => {
    failures = 0;
    until = 0;
  };
  return {
    until: () => until,
    isOn: () => timers.now() < until,
    heed(outcome) {
      if (outcome === 'Delivered') end();
      else failures += 1;
      const { switches, timeScale } = dials();
      if (!switches.probation || failures < failuresBeforeProbation) return false;
      until = timers.now() + Math.ceil(probationAfter(outcome) / timeScale);
      return failures === failuresBeforeProbation;
    },
    end,
  };
}
