import { createBacklog } from './backlog.ts';
import { type CourierParts, createCourier, type Parcel } from './courier.ts';
import { mostEvents } from './parcel.ts';
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
  const { timers } = parts;
  const courier = createCourier(parts);
  const backlog = createBacklog(parts, () => (mostEvents(parts) > 1 ? gather() : pump()));
  const underWay = new Set<Promise<void>>();
  let phase: 'shut' | 'open' | 'closed' = 'shut';
  let gathering: unknown;

  function gather(): void {
    gathering ??= timers.setTimeout(() => {
      gathering = undefined;
      pump();
    }, gatherFor);
  }

  function pump(): void {
    while (phase === 'open' && backlog.due() > 0 && underWay.size < parallelRequests) {
      const [first, ...rest] = courier.nextParcel(backlog);
      if (first !== undefined) start([first, ...rest]);
    }
    parts.onChange();
  }

  function start(parcel: Parcel): void {
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
    for (const { number } of parcel) backlog.add(number);
    backlog.heed(attempt.outcome);
  }

  return {
    open() {
      phase = 'open';
      pump();
    },
    schedule(number, byHand = false) {
      if (byHand && backlog.isWaiting(number)) backlog.release();
      backlog.add(number, courier.holdBack(number));
    },
    isSettled(forGood) {
      const moving = backlog.due() + backlog.promised() + underWay.size;
      return moving + (forGood ? backlog.later() : 0) === 0;
    },
    clear: () => backlog.clear(),
    async close() {
      phase = 'closed';
      timers.clearTimeout(gathering);
      backlog.clear();
      await Promise.all(underWay);
    },
  };
}
