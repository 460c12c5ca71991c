import { openJournal } from '../journal.ts';
import { createLedger, type Happening, isFinished, type Ledger } from './ledger.ts';
import { finishedKept } from './rules.ts';

/** The ledger, and the journal from which it comes back after a restart. */
export interface Memory {
  readonly ledger: Ledger;
  /** Writes down what happened, then lets it take effect. */
  record(happening: Happening): void;
  clear(): void;
  close(): void;
}

/** `names`: the subscriptions there are; one that is gone takes its undelivered events with it. `now`: milliseconds since 1970. */
export function openMemory(path: string | undefined, names: readonly string[], now: number): Memory {
  const journal = openJournal<Happening>(path);
  const ledger = createLedger(now);
  for (const happening of journal.past) ledger.record(onlyTo(names, happening));
  for (const { number } of ledger.publications().filter(isFinished).slice(0, -finishedKept)) ledger.forget(number);
  journal.replace(journal.past.filter(({ number }) => ledger.publication(number) !== undefined));
  return {
    ledger,
    record(happening) {
      journal.append(happening);
      ledger.record(happening);
    },
    clear() {
      journal.replace([]);
      ledger.clear();
    },
    close: journal.close,
  };
}

const onlyTo = (names: readonly string[], happening: Happening): Happening =>
  happening.type === 'published'
    ? { ...happening, to: happening.to.filter((name) => names.includes(name)) }
    : happening;
