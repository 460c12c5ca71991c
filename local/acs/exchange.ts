import type { Ledger } from '../carrier/ledger.ts';
import type { Dials } from '../dials.ts';
import type { Timers } from '../eventGrid/timers.ts';
import type { Deliveries } from './deliveries.ts';
import type { ServiceNumbers } from './numbers.ts';
import type { RateLimiter } from './rateLimiter.ts';

/** What the sending of texts works with. */
export interface Exchange {
  readonly numbers: ServiceNumbers;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  readonly limiter: RateLimiter;
  readonly timers: Timers;
  readonly dials: () => Dials;
  /** Numbers in [0, 1), the same for the same names. */
  readonly random: (...names: readonly (string | number)[]) => () => number;
  /** Recipients and repeatability ids of requests that are being held. */
  readonly inProgress: Set<string>;
}
