import type { AcsSmsDeliveryReportReceivedEventData } from '@azure/eventgrid';
import * as z from 'zod/mini';
import { parseTag } from '../conversations/keys.ts';
import { msOf } from '../core/time.ts';
import type { DeliveryReport } from '../sms/recordDelivery.ts';
import { undeliveredReason } from './deliveryCodes.ts';
import { instant } from './fields.ts';
import { type EventReader, readData } from './wireEvent.ts';

const names = [
  'messageId',
  'deliveryStatus',
  'deliveryStatusDetails',
  'receivedTimestamp',
  'tag',
] as const satisfies readonly (keyof AcsSmsDeliveryReportReceivedEventData)[];

const data = z.object({
  messageId: z.string(),
  deliveryStatus: z.string(),
  deliveryStatusDetails: z.nullish(z.string()),
  receivedTimestamp: instant,
  tag: z.nullish(z.string()),
});

/** 4007 and its words: "To" has opted out (https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/sms/sms-error-codes). */
const optedOutWords = /\b4007\b|sender blocked for given recipient|opted[ -]?out/i;

/** 5002: the carrier makes no delivery reports, so that the text may well have arrived. */
const noReports = /\b5002\b/;

/** `Microsoft.Communication.SMSDeliveryReportReceived`; one without a tag of ours is about somebody else's text. */
export const smsDeliveryReport: EventReader<DeliveryReport> = {
  eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
  read(event) {
    const read = readData(data, names, event.data);
    if (read.type !== 'ours') return read;
    const { messageId, deliveryStatus, deliveryStatusDetails, receivedTimestamp, tag } = read.value;
    const target = parseTag(tag ?? '');
    if (target === undefined) return { type: 'ignored', reason: 'It bears no tag of ours.' };
    const status = deliveryStatus.toLowerCase();
    if (status !== 'delivered' && status !== 'failed')
      return { type: 'ignored', reason: `Its status is ${deliveryStatus}.` };
    const details = deliveryStatusDetails ?? '';
    if (status === 'failed' && noReports.test(details))
      return { type: 'ignored', reason: 'The carrier makes no reports.' };
    return {
      type: 'ours',
      value: {
        ...target,
        providerId: messageId,
        delivered: status === 'delivered',
        at: msOf(receivedTimestamp),
        reason: undeliveredReason(details),
        optedOut: optedOutWords.test(details),
      },
    };
  },
};
