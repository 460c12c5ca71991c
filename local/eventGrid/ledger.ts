import { type Look, trackChanges } from '../changes.ts';
import type { DeadLetterReason, Outcome } from './rules.ts';
import type { SystemEvent } from './systemEvent.ts';

/** One try to bring an event to an endpoint. */
export interface Attempt {
  /** When it began, milliseconds since 1970. */
  readonly at: number;
  /** How long it took. */
  readonly ms: number;
  readonly outcome: Outcome;
  readonly status?: number | undefined;
  /** What the endpoint, or the network, said to a failed one. */
  readonly detail?: string | undefined;
}

/** What follows an attempt. `copiesLeft`: it was delivered and comes again this many times, by the dial. */
export type Next =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly nextTryAt: number; readonly copiesLeft?: number | undefined }
  | { readonly state: 'dead-lettered'; readonly reason: DeadLetterReason };

/** How far one event has come with one subscription. */
export interface Delivery {
  readonly next: Next;
  readonly attempts: readonly Attempt[];
  /** Attempts since `since`, the time it was published or last set off again by hand; both limits count from there. */
  readonly tries: number;
  readonly since: number;
  /** Put off by a probation since its last attempt. */
  readonly onProbation: boolean;
}

/** An event that was published, and where it has to go. */
export interface Publication {
  /** Ours: two events may bear the same id. */
  readonly number: number;
  readonly publishedAt: number;
  readonly event: SystemEvent;
  /** By the name of the subscription. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** Everything that can happen, in the form in which the journal keeps it. `at` is milliseconds since 1970. */
export type Happening =
  | {
      readonly type: 'published';
      readonly number: number;
      readonly at: number;
      readonly event: SystemEvent;
      readonly to: readonly string[];
    }
  | {
      readonly type: 'attempted';
      readonly number: number;
      readonly to: string;
      readonly attempt: Attempt;
      readonly next: Next;
    }
  | { readonly type: 'expired'; readonly number: number; readonly to: string; readonly next: Next }
  | { readonly type: 'put-off'; readonly number: number; readonly to: string; readonly until: number }
  | { readonly type: 'again'; readonly number: number; readonly at: number };

/** The state of every event, made from what happened, live as at a restart. */
export interface Ledger {
  record(happening: Happening): void;
  publications(): readonly Publication[];
  /** Which of them have changed, by their numbers. */
  since(cursor?: string): Look<number>;
  publication(number: number): Publication | undefined;
  nextNumber(): number;
  forget(number: number): void;
  clear(): void;
}

/** `began`: milliseconds since 1970; tells cursors of before from later ones. */
export function createLedger(began: number): Ledger {
  const publications = new Map<number, Publication>();
  const changes = trackChanges<number>(began);
  let last = 0;
  return {
    record(happening) {
      last = Math.max(last, happening.number);
      const changed = after(publications.get(happening.number), happening);
      if (changed === undefined) return;
      publications.set(changed.number, changed);
      changes.touch(changed.number);
    },
    publications: () => [...publications.values()],
    since: changes.since,
    publication: (number) => publications.get(number),
    nextNumber: () => last + 1,
    forget: (number) => void publications.delete(number),
    clear() {
      publications.clear();
      changes.clear();
    },
  };
}

/** Nothing is left to do for it. */
export const isFinished = ({ deliveries }: Publication): boolean =>
  [...deliveries.values()].every(({ next }) => next.state !== 'waiting');

/** What happens to an event that was cleared away meanwhile, or to a subscription it never had, changes nothing. */
function after(publication: Publication | undefined, happening: Happening): Publication | undefined {
  if (happening.type === 'published') {
    const { number, at, event, to } = happening;
    return { number, publishedAt: at, event, deliveries: new Map(to.map((name) => [name, begun(at, [])])) };
  }
  if (publication === undefined) return undefined;
  if (happening.type === 'again') {
    const { deliveries } = publication;
    return {
      ...publication,
      deliveries: new Map([...deliveries].map(([name, { attempts }]) => [name, begun(happening.at, attempts)])),
    };
  }
  const delivery = publication.deliveries.get(happening.to);
  if (delivery === undefined) return undefined;
  return { ...publication, deliveries: new Map(publication.deliveries).set(happening.to, moved(delivery, happening)) };
}

const begun = (at: number, attempts: readonly Attempt[]): Delivery => ({
  next: { state: 'waiting', nextTryAt: at },
  attempts,
  tries: 0,
  since: at,
  onProbation: false,
});

function moved(delivery: Delivery, happening: Exclude<Happening, { type: 'published' | 'again' }>): Delivery {
  switch (happening.type) {
    case 'attempted': {
      const { attempt, next } = happening;
      return {
        ...delivery,
        next,
        attempts: [...delivery.attempts, attempt],
        tries: delivery.tries + 1,
        onProbation: false,
      };
    }
    case 'expired':
      return { ...delivery, next: happening.next };
    case 'put-off':
      return {
        ...delivery,
        next: { ...delivery.next, state: 'waiting', nextTryAt: happening.until },
        onProbation: true,
      };
  }
}
