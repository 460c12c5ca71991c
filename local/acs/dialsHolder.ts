import { changeDials, type Dials, defaultDials } from '../dials.ts';
import { realTimers, type Timers } from '../eventGrid/timers.ts';

/** Dials that go back to their defaults by themselves. */
export interface Passing {
  /** By their ways through the parts: `sms.status5xx`. */
  readonly dials: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The dials of one world, which everything in it reads anew each time. */
export interface DialsHolder {
  get(): Dials;
  /**
   * A JSON merge patch; throws `invalid-input`, and changes nothing, if it does not fit. With `forMs`, the dials that it names
   * stand at their defaults again after so many milliseconds, but for those that were turned again meanwhile.
   */
  change(patch: unknown, forMs?: number): Dials;
  passing(): readonly Passing[];
  /** Back to how the world began. */
  reset(): void;
  /** Nothing changes by itself any more. */
  close(): void;
}

interface Change {
  dials: readonly string[];
  readonly until: number;
  readonly timer: unknown;
}

export function holdDials(initial: Dials = defaultDials, timers: Timers = realTimers): DialsHolder {
  let current = initial;
  const passing = new Set<Change>();
  const close = () => {
    for (const { timer } of passing) timers.clearTimeout(timer);
    passing.clear();
  };
  /** Who turns a dial has the last word about it. */
  const take = (named: readonly string[]) => {
    for (const change of passing) {
      change.dials = change.dials.filter((dial) => !named.some((name) => isWithin(dial, name)));
      if (change.dials.length > 0) continue;
      timers.clearTimeout(change.timer);
      passing.delete(change);
    }
  };
  const goBack = (change: Change) => {
    passing.delete(change);
    for (const dial of change.dials) current = changeDials(current, putBack(dial));
  };
  return {
    get: () => current,
    change(patch, forMs) {
      current = changeDials(current, patch);
      const dials = namedIn(patch);
      take(dials);
      if (forMs !== undefined) {
        const timer = timers.setTimeout(() => goBack(change), forMs);
        const change: Change = { dials, until: timers.now() + forMs, timer };
        passing.add(change);
      }
      return current;
    },
    passing: () => [...passing].map(({ dials, until }) => ({ dials, until })),
    reset() {
      close();
      current = initial;
    },
    close,
  };
}

const isWithin = (dial: string, part: string): boolean => dial === part || dial.startsWith(`${part}.`);

const putBack = (dial: string): unknown =>
  dial.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), null);

/** The dials, or whole parts, that a patch which fits names. */
function namedIn(patch: unknown, way = ''): readonly string[] {
  if (typeof patch !== 'object' || patch === null) return [way];
  return Object.entries(patch).flatMap(([name, inner]) => namedIn(inner, way === '' ? name : `${way}.${name}`));
}
