import type { Logger } from '../../shared/core/logger.ts';
import type { Agenda } from './agenda.ts';
import { logDelivery } from './deliveryLog.ts';
import type { Attempt, Happening, Ledger, Publication } from './ledger.ts';
import { type Carrier, carry, chance, roomInParcel } from './parcel.ts';
import { expiry, whatNext } from './retry.ts';

/** What it takes to judge and to write down besides. */
export interface CourierParts extends Carrier {
  readonly ledger: Pick<Ledger, 'publication'>;
  readonly record: (happening: Happening) => void;
  readonly log: Logger;
}

/** Events for one request. */
export type Parcel = readonly [Publication, ...Publication[]];

/** Delivers one subscription's events by the rules, and writes down what comes of it. */
export interface Courier {
  /** Takes from the agenda what goes in one request; what is over its time to live is given up instead. */
  nextParcel(agenda: Pick<Agenda, 'take'>): readonly Publication[];
  /** How long the dials hold back a new event. */
  holdBack(number: number): number;
  deliver(parcel: Parcel): Promise<Attempt>;
  /** Judges the attempt for each event of the parcel. */
  settle(parcel: Parcel, attempt: Attempt): void;
}

export function createCourier(parts: CourierParts): Courier {
  const { subscription, dials, timers, ledger } = parts;
  const to = subscription.name;

  function write(happening: Happening): void {
    parts.record(happening);
    const publication = ledger.publication(happening.number);
    if (publication !== undefined) logDelivery(parts.log, subscription, publication);
  }

  function isStillDue(number: number): boolean {
    const delivery = ledger.publication(number)?.deliveries.get(to);
    if (delivery?.next.state !== 'waiting') return false;
    const next = expiry(delivery, timers.now(), { subscription, dials: dials() });
    if (next !== undefined) write({ type: 'expired', number, to, next });
    return next === undefined;
  }

  function settleOne(number: number, attempt: Attempt, jitter: number): void {
    const publication = ledger.publication(number);
    const delivery = publication?.deliveries.get(to);
    if (publication === undefined || delivery === undefined) return;
    const { duplicate, duplicateCount } = dials().eventGrid;
    const copies = chance('duplicate', parts, publication) < duplicate ? duplicateCount : 0;
    const next = whatNext(delivery, attempt, { subscription, dials: dials(), chance: jitter, copies });
    write({ type: 'attempted', number, to, attempt, next });
  }

  return {
    nextParcel(agenda) {
      const hasRoom = roomInParcel(parts);
      const taken = agenda.take((number) => {
        const publication = ledger.publication(number);
        return publication === undefined || hasRoom(publication);
      });
      return taken.filter(isStillDue).flatMap((number) => ledger.publication(number) ?? []);
    },
    holdBack(number) {
      const publication = ledger.publication(number);
      if (publication === undefined || publication.deliveries.get(to)?.attempts.length !== 0) return 0;
      const { delayMs, reorderMs } = dials().eventGrid;
      return delayMs + Math.floor(chance('reorder', parts, publication) * reorderMs);
    },
    deliver: (parcel) => carry(parts, parcel),
    settle(parcel, attempt) {
      // One draw for all, so that a batch that failed stays together.
      const jitter = chance('jitter', parts, parcel[0]);
      for (const { number } of parcel) settleOne(number, attempt, jitter);
    },
  };
}
