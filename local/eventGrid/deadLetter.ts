import { inSchema } from './envelope.ts';
import type { Delivery, Publication } from './ledger.ts';
import type { Subscription } from './subscription.ts';

/** An event that was given up, as Event Grid would write it to a blob under the upper-case name of the subscription. */
export interface DeadLetter {
  readonly subscription: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** `undefined` while the delivery has not been given up. */
export function deadLetterOf(
  { name, schema }: Subscription,
  publication: Publication,
  topic: string,
): DeadLetter | undefined {
  const delivery = publication.deliveries.get(name);
  if (delivery?.next.state !== 'dead-lettered') return undefined;
  const about = Object.entries(particulars(delivery, publication.publishedAt, delivery.next.reason));
  // CloudEvents allow lower-case attribute names only.
  const named = schema === 'EventGridSchema' ? about : about.map(([key, value]) => [key.toLowerCase(), value]);
  return {
    subscription: name.toUpperCase(),
    record: { ...inSchema(schema, publication.event, topic), ...Object.fromEntries(named) },
  };
}

/** Named as in https://learn.microsoft.com/azure/event-grid/delivery-and-retry; `lastHttpStatusCode` as seen in the wild. */
const particulars = ({ attempts, tries, onProbation }: Delivery, publishedAt: number, reason: string) => {
  const last = attempts.at(-1);
  return {
    deadLetterReason: reason,
    deliveryAttempts: tries,
    lastDeliveryOutcome: onProbation ? 'Probation' : last?.outcome,
    lastHttpStatusCode: last?.status,
    publishTime: new Date(publishedAt).toISOString(),
    lastDeliveryAttemptTime: last && new Date(last.at).toISOString(),
  };
};
