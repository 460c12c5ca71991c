import type { Delivery, Publication } from './ledger.ts';
import type { DeadLetterReason, Outcome } from './rules.ts';
import type { SystemEvent } from './systemEvent.ts';

/** One event and what became of it with each subscription that wants it; all times are ISO 8601. */
export interface EventReport {
  /** The world's own: two events may bear the same id. */
  readonly number: number;
  readonly publishedAt: string;
  readonly event: SystemEvent;
  readonly deliveries: readonly DeliveryReport[];
}

export interface DeliveryReport {
  readonly subscription: string;
  readonly state: 'waiting' | 'delivered' | 'dead-lettered';
  readonly attempts: readonly {
    readonly at: string;
    readonly ms: number;
    readonly outcome: Outcome;
    readonly status?: number | undefined;
    readonly detail?: string | undefined;
  }[];
  /** While it waits; in the past when it is under way, or its endpoint has not agreed yet. */
  readonly nextTryAt?: string | undefined;
  readonly deadLetterReason?: DeadLetterReason | undefined;
}

export const reportOf = ({ number, publishedAt, event, deliveries }: Publication): EventReport => ({
  number,
  publishedAt: iso(publishedAt),
  event,
  deliveries: [...deliveries].map(([subscription, delivery]) => deliveryReport(subscription, delivery)),
});

const deliveryReport = (subscription: string, { next, attempts }: Delivery): DeliveryReport => ({
  subscription,
  state: next.state,
  attempts: attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
  nextTryAt: next.state === 'waiting' ? iso(next.nextTryAt) : undefined,
  deadLetterReason: next.state === 'dead-lettered' ? next.reason : undefined,
});

const iso = (ms: number): string => new Date(ms).toISOString();
