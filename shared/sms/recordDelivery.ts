import { withConsent } from '../conversations/consent.ts';
import type { Facts } from '../conversations/entry.ts';
import type { ConversationId, EntryKey } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import { optOutOf } from './optOut.ts';
import type { SmsServices } from './smsServices.ts';

/** What a delivery report says of one of our texts; the tag has led to its entry. `at`: milliseconds since 1970. */
export interface DeliveryReport {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
  readonly providerId: string;
  readonly delivered: boolean;
  readonly at: number;
  readonly reason: string;
  /** It was blocked because the subscriber has opted out. */
  readonly optedOut: boolean;
}

const tries = 5;

/** Writes down what the carrier says, whichever comes first, this or the provider's acceptance. One storage request, unless it teaches an opt-out. */
export async function recordDelivery(report: DeliveryReport, services: SmsServices): Promise<void> {
  const { conversation, key, delivered, reason } = report;
  const known =
    report.optedOut && !delivered
      ? await learnOptOut(report, services)
      : await services.store.learn(conversation, key, factsOf(report));
  const event = known ? 'sms.reported' : 'sms.report-for-erased';
  services.log('info', event, { conversation, entry: key, delivered, reason });
}

const factsOf = ({ delivered, at, reason, providerId }: DeliveryReport): Facts =>
  delivered ? { deliveredAt: at, providerId } : { undeliveredAt: at, undeliveredReason: reason, providerId };

/** The report and the opt-out it teaches are one write. `false`: the entry is gone. */
async function learnOptOut(report: DeliveryReport, { store, settings }: SmsServices): Promise<boolean> {
  const { conversation, key } = report;
  for (let n = 0; n < tries; n++) {
    const [entry, head] = await Promise.all([store.entry(conversation, key), store.head(conversation)]);
    if (entry?.value.direction !== 'outbound' || head === undefined) return false;
    const consent = optOutOf(entry.value, settings);
    const result = await store.commit({
      conversation,
      head: { value: withConsent(head.value, consent), etag: head.etag },
      learn: { key, facts: factsOf(report) },
      consent,
    });
    if (result.type === 'committed') return true;
    if (result.type === 'missing') return false;
  }
  throw new AppError('busy', 'The conversation keeps changing; the report will be taken up again.');
}
