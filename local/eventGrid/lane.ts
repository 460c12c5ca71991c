import { type Agenda, createAgenda } from './agenda.ts';
import { type CourierParts, createCourier, type Parcel } from './courier.ts';
import { logProbation } from './deliveryLog.ts';
import { mostEvents } from './parcel.ts';
import { createProbation } from './probation.ts';
import { gatherFor, parallelRequests } from './rules.ts';

/** Everything on its way to one subscription: when what goes, and with what. Events go by their numbers in the ledger. */
export interface Lane {
  /** The endpoint agreed: what has gathered may go. */
  open(): void;
  /** Takes up a delivery that waits. `byHand`: any probation ends, for somebody thinks that it will work now. */
  schedule(number: number, byHand?: boolean): void;
  /** Nothing is due or under way; `forGood`: nor waiting for its next try. */
  isSettled(forGood: boolean): boolean;
  clear(): void;
  /** What is under way ends unrecorded, and so is tried again after a restart. */
  close(): Promise<void>;
}

export interface LaneParts extends CourierParts {
  /** Called whenever something may have come to rest. */
  readonly onChange: () => void;
}

export function createLane(parts: LaneParts): Lane {
  const { subscription, timers, dials, ledger } = parts;
  const courier = createCourier(parts);
  const probation = createProbation(timers, dials);
  const agenda: Agenda = createAgenda(timers, () => (mostEvents(parts) > 1 ? gather() : pump()));
  const putOff = new Set<number>();
  const underWay = new Set<Promise<void>>();
  let phase: 'shut' | 'open' | 'closed' = 'shut';
  let gathering: unknown;

  const nextOf = (number: number) => ledger.publication(number)?.deliveries.get(subscription.name)?.next;

  function gather(): void {
    gathering ??= timers.setTimeout(() => {
      gathering = undefined;
      pump();
    }, gatherFor);
  }

  function pump(): void {
    while (phase === 'open' && agenda.due() > 0 && underWay.size < parallelRequests) {
      if (probation.isOn()) putOffAll();
      const [first, ...rest] = courier.nextParcel(agenda);
      if (first !== undefined) start([first, ...rest]);
    }
    parts.onChange();
  }

  function start(parcel: Parcel): void {
    for (const { number } of parcel) putOff.delete(number);
    const sending = send(parcel).finally(() => {
      underWay.delete(sending);
      pump();
    });
    underWay.add(sending);
  }

  async function send(parcel: Parcel): Promise<void> {
    const attempt = await courier.deliver(parcel);
    if (phase === 'closed') return;
    courier.settle(parcel, attempt);
    for (const { number } of parcel) putOnAgenda(number);
    if (probation.heed(attempt.outcome)) logProbation(parts.log, subscription, attempt.outcome, probation.until());
    if (attempt.outcome === 'Delivered') release();
  }

  function putOnAgenda(number: number, delay = 0): void {
    const next = nextOf(number);
    if (next?.state === 'waiting') agenda.put(number, Math.max(next.nextTryAt, timers.now()) + delay, delay > 0);
  }

  function putOffAll(): void {
    for (const number of agenda.take(() => true)) {
      if (nextOf(number)?.state !== 'waiting') continue;
      parts.record({ type: 'put-off', number, to: subscription.name, until: probation.until() });
      putOff.add(number);
      putOnAgenda(number);
    }
  }

  function release(): void {
    probation.end();
    for (const number of putOff) agenda.put(number, timers.now());
    putOff.clear();
  }

  return {
    open() {
      phase = 'open';
      pump();
    },
    schedule(number, byHand = false) {
      if (byHand && nextOf(number)?.state === 'waiting') release();
      putOnAgenda(number, courier.holdBack(number));
    },
    isSettled(forGood) {
      const moving = agenda.due() + agenda.promised() + underWay.size;
      return moving + (forGood ? agenda.later() : 0) === 0;
    },
    clear() {
      agenda.clear();
      putOff.clear();
    },
    async close() {
      phase = 'closed';
      timers.clearTimeout(gathering);
      agenda.clear();
      await Promise.all(underWay);
    },
  };
}
