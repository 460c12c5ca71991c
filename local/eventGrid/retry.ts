import type { Dials } from '../dials.ts';
import type { Attempt, Delivery, Next } from './ledger.ts';
import { type DeadLetterReason, finalStatuses, jitter, minimumWaits, retryWaits } from './rules.ts';
import type { Subscription } from './subscription.ts';

/** What the rules need to know besides the attempt itself. */
export interface Terms {
  readonly subscription: Pick<Subscription, 'maxAttempts' | 'ttlMinutes'>;
  readonly dials: Pick<Dials, 'timeScale' | 'switches'>;
  /** In [0, 1): which part of the jitter this wait gets. */
  readonly chance: number;
  /** How often a delivered event comes again, by the dial. */
  readonly copies: number;
}

/** What follows an attempt at a delivery that stood as `delivery` before it. */
export function whatNext(delivery: Delivery, attempt: Attempt, terms: Terms): Next {
  const left = copiesLeft(delivery);
  if (left !== undefined) return again(left - 1, attempt);
  if (attempt.outcome === 'Delivered') return again(terms.copies, attempt);
  const reason = finalReason(attempt.status, terms.dials.switches.forbiddenIsFinal);
  if (reason !== undefined) return { state: 'dead-lettered', reason };
  if (delivery.tries + 1 >= terms.subscription.maxAttempts) {
    return { state: 'dead-lettered', reason: 'MaxDeliveryAttemptsExceeded' };
  }
  return { state: 'waiting', nextTryAt: nextTryAt(delivery, attempt, terms) };
}

/** The time to live is looked at only when an attempt is due; an event that was delivered before has nothing to lose by it. */
export function expiry(
  delivery: Delivery,
  now: number,
  { subscription, dials }: Omit<Terms, 'chance' | 'copies'>,
): Next | undefined {
  if ((now - delivery.since) * dials.timeScale < subscription.ttlMinutes * 60_000) return undefined;
  if (copiesLeft(delivery) !== undefined) return { state: 'delivered' };
  return { state: 'dead-lettered', reason: 'MaxRetryDurationExceeded' };
}

const copiesLeft = ({ next }: Delivery): number | undefined => (next.state === 'waiting' ? next.copiesLeft : undefined);

/** A copy that fails is not tried again: the event has been delivered. */
const again = (copies: number, { at, ms }: Attempt): Next =>
  copies > 0 ? { state: 'waiting', nextTryAt: at + ms, copiesLeft: copies } : { state: 'delivered' };

function finalReason(status: number | undefined, forbiddenIsFinal: boolean): DeadLetterReason | undefined {
  if (status === 403 && !forbiddenIsFinal) return undefined;
  return (finalStatuses as Readonly<Record<number, DeadLetterReason>>)[status ?? 0];
}

/** The wait counts from the end of the attempt, and jitter only lengthens it. */
function nextTryAt({ tries }: Delivery, { at, ms, status }: Attempt, { dials, chance }: Terms): number {
  const scheduled = retryWaits[Math.min(tries, retryWaits.length - 1)] ?? 0;
  const atLeast = dials.switches.minimumWaits ? (minimumWaits[status ?? 0] ?? 0) : 0;
  const wait = Math.max(scheduled, atLeast) * (1 + chance * jitter);
  return at + ms + Math.ceil(wait / dials.timeScale);
}
