import type { Clock } from '../../core/time.ts';
import type { SegmentAllowance, Taken } from '../../sms/segmentAllowance.ts';
import { type SegmentCounter, segmentCounter } from './segmentCounter.ts';

export interface SegmentLedger extends SegmentCounter {
  readonly clock: Clock;
}

/** What is left of the tranches that this process leased of a day. */
interface Purse {
  readonly day: string;
  left: number;
}

/**
 * The segments of a day (UTC), in the table `limits`: every process leases them by tranches from the day's counter and
 * hands them out from memory, so that a text costs no storage request and all of them together keep to `perDay`.
 */
export function segmentLedger(ledger: SegmentLedger): SegmentAllowance {
  const lease = segmentCounter(ledger);
  let purse: Purse = { day: '', left: 0 };
  let filling: Promise<boolean> | undefined;

  function todaysPurse(): Purse {
    const day = new Date(ledger.clock.now()).toISOString().slice(0, 10);
    if (purse.day !== day) purse = { day, left: 0 };
    return purse;
  }

  async function fill(from: Purse, wanted: number): Promise<boolean> {
    const size = await lease(from.day, wanted);
    from.left += size;
    return size > 0;
  }

  return {
    async take(segments) {
      for (;;) {
        const from = todaysPurse();
        if (from.left >= segments) return taken(from, segments);
        // Texts that find the purse empty together wait for one lease, and then look again.
        if (filling !== undefined) await filling;
        else {
          filling = fill(from, segments - from.left).finally(() => {
            filling = undefined;
          });
          if (!(await filling)) return undefined;
        }
      }
    },
  };
}

/** Given back to the day it was taken from: once that is over, to nobody. */
function taken(purse: Purse, segments: number): Taken {
  purse.left -= segments;
  let held = segments;
  return {
    giveBack() {
      purse.left += held;
      held = 0;
    },
  };
}
