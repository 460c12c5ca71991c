import type { Logger } from '../../shared/core/logger.ts';
import type { Attempt, Publication } from './ledger.ts';
import type { Outcome } from './rules.ts';
import type { Subscription } from './subscription.ts';

/** What a person at the terminal should know of a delivery. Its first failure is a warning, further ones are not news. */
export function logDelivery(log: Logger, subscription: Subscription, { event, deliveries }: Publication): void {
  const delivery = deliveries.get(subscription.name);
  if (delivery === undefined) return;
  const of = { subscription: subscription.name, eventId: event.id, eventType: event.eventType };
  const { next, tries } = delivery;
  if (next.state === 'dead-lettered') {
    log('error', 'eventgrid.dead-lettered', {
      ...of,
      reason: next.reason,
      tries,
      last: said(delivery.attempts.at(-1)),
    });
  } else if (delivery.attempts.at(-1)?.outcome !== 'Delivered') {
    const nextTryAt = next.state === 'waiting' ? new Date(next.nextTryAt).toISOString() : undefined;
    log(tries === 1 ? 'warn' : 'debug', 'eventgrid.attempt-failed', {
      ...of,
      tries,
      last: said(delivery.attempts.at(-1)),
      nextTryAt,
    });
  }
}

/** Not what the endpoint wrote: that is kept with the event, and may hold what no log should. */
const said = (attempt: Attempt | undefined): string | undefined =>
  attempt?.status === undefined ? attempt?.outcome : `${attempt.outcome} (${attempt.status})`;

export function logProbation(log: Logger, { name }: Subscription, outcome: Outcome, until: number): void {
  const message = `${name} failed again and again (${outcome}); its events are held back until ${new Date(until).toISOString()}, as Event Grid would.`;
  log('warn', 'eventgrid.probation', { message });
}
