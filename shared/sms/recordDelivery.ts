import { withConsent } from '../conversations/consent.ts';
import type { Facts, OutboundMessage } from '../conversations/entry.ts';
import { followHead } from '../conversations/followHead.ts';
import { type AnyHead, standing } from '../conversations/head.ts';
import type { ConversationId, EntryKey } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import { flaggedFor } from './flagFor.ts';
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

/**
 * Writes down what the carrier says, whichever comes first, this or the provider's acceptance. One storage request, unless the
 * text was not delivered: a person should know of that, and perhaps it teaches an opt-out.
 */
export async function recordDelivery(report: DeliveryReport, services: SmsServices): Promise<void> {
  const { conversation, key, delivered, reason } = report;
  const known = delivered
    ? await services.store.learn(conversation, key, factsOf(report))
    : await learnFailure(report, services);
  const event = known ? 'sms.reported' : 'sms.report-for-erased';
  services.log('info', event, { conversation, entry: key, delivered, reason });
}

const factsOf = ({ delivered, at, reason, providerId }: DeliveryReport): Facts =>
  delivered ? { deliveredAt: at, providerId } : { undeliveredAt: at, undeliveredReason: reason, providerId };

/** The report, the flag that it raises and the opt-out that it teaches are one write. `false`: the entry is gone. */
async function learnFailure(report: DeliveryReport, { store, inbox, settings }: SmsServices): Promise<boolean> {
  const { conversation, key } = report;
  const facts = factsOf(report);
  for (let n = 0; n < tries; n++) {
    // The head first: while it is unchanged, nobody has settled or sent anew what is then read of the entry.
    const head = await store.head(conversation);
    const entry = await store.entry(conversation, key);
    if (entry?.value.direction !== 'outbound' || head === undefined) return false;
    const consent = report.optedOut ? optOutOf(entry.value, settings) : undefined;
    const flagged = flaggedBy(report, entry.value, head.value);
    const value = consent === undefined ? flagged : withConsent(flagged, consent);
    if (value === head.value && consent === undefined) return store.learn(conversation, key, facts);
    const result = await store.commit({
      conversation,
      head: { value, etag: head.etag },
      learn: { key, facts },
      consent,
    });
    if (result.type === 'missing') return false;
    if (result.type !== 'committed') continue;
    await followHead(head.value, value, inbox);
    return true;
  }
  throw new AppError('busy', 'The conversation keeps changing; the report will be taken up again.');
}

/** A failure that is known already has raised its flag, which may have been settled since; what was erased raises none. */
function flaggedBy(report: DeliveryReport, message: OutboundMessage, head: AnyHead): AnyHead {
  const known = standing(head);
  if (known === undefined || message.undeliveredAt !== undefined || message.at <= (known.erasedAt ?? -1n)) return head;
  return flaggedFor(known, { ...message, ...factsOf(report) }, report.optedOut);
}
