import { SegmentedMessage } from 'sms-segments-calculator';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import type { AcceptedText, ReceivedText } from '../carrier/facts.ts';
import type { Dials } from '../dials.ts';
import type { SystemEvent } from '../eventGrid/systemEvent.ts';
import { delivered } from './rules.ts';

/** Where ACS's events go; Event Grid plays this, and puts the topic on them. Returns when the event is kept. */
export interface EventPublisher {
  publish(event: SystemEvent): unknown;
}

/** What the wire leaves open about its events. */
export type EventTerms = Pick<Dials['switches'], 'subjectNumber' | 'numbersWithoutPlus' | 'tagCase'>;

/** https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events: the id is the message's. */
export function smsReceivedEvent(text: ReceivedText, terms: EventTerms): SystemEvent {
  return {
    ...envelope('Microsoft.Communication.SMSReceived', { service: text.to, subscriber: text.from }, terms),
    id: text.messageId,
    eventTime: text.receivedTimestamp,
    data: {
      messageId: text.messageId,
      from: bare(text.from, terms),
      to: bare(text.to, terms),
      message: text.message,
      receivedTimestamp: text.receivedTimestamp,
      segmentCount: segmentsOf(text.message),
    },
  };
}

/** The documented sample has `from` without `+` and `to` with it. `at`: milliseconds since 1970. */
export function deliveryReportEvent(text: AcceptedText, at: number, terms: EventTerms): SystemEvent {
  const isDelivered = text.fate.end === 'delivered';
  const segments = segmentsOf(text.message);
  return {
    ...envelope(
      'Microsoft.Communication.SMSDeliveryReportReceived',
      { service: text.from, subscriber: text.to },
      terms,
    ),
    id: text.messageId,
    eventTime: timestampOf(at),
    data: {
      messageId: text.messageId,
      from: bare(text.from, terms),
      to: text.to,
      deliveryStatus: isDelivered ? 'Delivered' : 'Failed',
      deliveryStatusDetails: isDelivered ? delivered.details : text.fate.details,
      receivedTimestamp: timestampOf(at),
      deliveryAttempts: [
        {
          timestamp: timestampOf(text.acceptedAt),
          segmentsSucceeded: isDelivered ? segments : 0,
          segmentsFailed: isDelivered ? 0 : segments,
        },
      ],
      ...(text.tag !== undefined && { [terms.tagCase]: text.tag }),
    },
  };
}

interface Pair {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
}

const envelope = (eventType: string, pair: Pair, { subjectNumber }: EventTerms) => ({
  subject: `/phonenumber/${pair[subjectNumber].replace('+', '')}`,
  eventType,
  dataVersion: '1.0',
});

const bare = (number: PhoneNumber, { numbersWithoutPlus }: EventTerms): string =>
  numbersWithoutPlus ? number.replace('+', '') : number;

const segmentsOf = (message: string): number => new SegmentedMessage(message).segmentsCount;

/** Seven fractional digits, as the service writes them. */
const timestampOf = (at: number): string => new Date(at).toISOString().replace('Z', '0000Z');
