import type { Timers } from './timers.ts';

/** What is to be done when: each number stands in it once, later or due. */
export interface Agenda {
  /** Due at this time, milliseconds since 1970. `promised`: soon enough that nothing is settled until then. */
  put(number: number, at: number, promised?: boolean): void;
  /** Takes out what has been due longest, one after the other as long as it fits. */
  take(fits: (number: number) => boolean): readonly number[];
  due(): number;
  promised(): number;
  later(): number;
  clear(): void;
}

/** `onDue` is called each time that something falls due. */
export function createAgenda(timers: Timers, onDue: () => void): Agenda {
  const timerOf = new Map<number, unknown>();
  const promises = new Set<number>();
  const due = new Set<number>();

  const drop = (number: number) => {
    timers.clearTimeout(timerOf.get(number));
    timerOf.delete(number);
    promises.delete(number);
    due.delete(number);
  };
  const fall = (number: number) => {
    drop(number);
    due.add(number);
    onDue();
  };
  return {
    put(number, at, promised = false) {
      drop(number);
      const wait = at - timers.now();
      if (wait <= 0) return fall(number);
      timerOf.set(
        number,
        timers.setTimeout(() => fall(number), wait),
      );
      if (promised) promises.add(number);
    },
    take(fits) {
      const taken: number[] = [];
      for (const number of due) {
        if (!fits(number)) break;
        taken.push(number);
        due.delete(number);
      }
      return taken;
    },
    due: () => due.size,
    promised: () => promises.size,
    later: () => timerOf.size,
    clear() {
      for (const number of [...timerOf.keys()]) drop(number);
      due.clear();
    },
  };
}
