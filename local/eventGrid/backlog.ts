import { type Agenda, createAgenda } from './agenda.ts';
import type { CourierParts } from './courier.ts';
import { logProbation } from './deliveryLog.ts';
import { createProbation } from './probation.ts';
import type { Outcome } from './rules.ts';

/** What waits for one subscription, each event under its number in the ledger, and the probation that may hold all of it back. */
export interface Backlog extends Pick<Agenda, 'take' | 'due' | 'promised' | 'later' | 'clear'> {
  isWaiting(number: number): boolean;
  /** Takes up what is to be tried again, or at all, at its time and no sooner than after `delay` milliseconds. */
  add(number: number, delay?: number): void;
  /** Learns how an attempt went: one failure too many begins a probation, a success ends it. */
  heed(outcome: Outcome): void;
  /** Ends a probation; what it put off is due. */
  release(): void;
}

/** `onDue` is called each time that something falls due. */
export function createBacklog(parts: CourierParts, onDue: () => void): Backlog {
  const { subscription, timers, ledger, dials } = parts;
  const agenda = createAgenda(timers, onDue);
  const probation = createProbation(timers, dials);
  const putOff = new Set<number>();

  function timeOf(number: number): number | undefined {
    const next = ledger.publication(number)?.deliveries.get(subscription.name)?.next;
    return next?.state === 'waiting' ? next.nextTryAt : undefined;
  }

  function add(number: number, delay = 0): void {
    const at = timeOf(number);
    if (at !== undefined) agenda.put(number, Math.max(at, timers.now()) + delay, delay > 0);
  }

  function putOffDue(): void {
    for (const number of agenda.take(() => true)) {
      if (timeOf(number) === undefined) continue;
      parts.record({ type: 'put-off', number, to: subscription.name, until: probation.until() });
      putOff.add(number);
      add(number);
    }
  }

  function release(): void {
    probation.end();
    for (const number of putOff) agenda.put(number, timers.now());
    putOff.clear();
  }

  return {
    ...agenda,
    isWaiting: (number) => timeOf(number) !== undefined,
    add,
    take(fits) {
      if (probation.isOn()) putOffDue();
      const taken = agenda.take(fits);
      for (const number of taken) putOff.delete(number);
      return taken;
    },
    heed(outcome) {
      if (probation.heed(outcome)) logProbation(parts.log, subscription, outcome, probation.until());
      if (outcome === 'Delivered') release();
    },
    release,
    clear() {
      agenda.clear();
      putOff.clear();
    },
  };
}
