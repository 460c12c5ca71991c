import type { AcsSmsReceivedEventData } from '@azure/eventgrid';
import * as z from 'zod/mini';
import type { ReceivedSms } from '../sms/receivedSms.ts';
import { instant, phoneNumber } from './fields.ts';
import { type EventReader, readData } from './wireEvent.ts';

const names = [
  'messageId',
  'from',
  'to',
  'message',
  'receivedTimestamp',
] as const satisfies readonly (keyof AcsSmsReceivedEventData)[];

/** Characters, far beyond what carriers put together from segments; a column of the table holds twice as many. */
const longest = 16_384;

const data = z.object({
  messageId: z.string().check(z.minLength(1)),
  from: phoneNumber,
  to: phoneNumber,
  message: z.string().check(z.maxLength(longest, `longer than ${longest} characters`)),
  receivedTimestamp: instant,
});

/** `Microsoft.Communication.SMSReceived` (https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events). */
export const smsReceived: EventReader<ReceivedSms> = {
  eventType: 'Microsoft.Communication.SMSReceived',
  read(event) {
    const read = readData(data, names, withId(event.data, event.id));
    if (read.type !== 'ours') return read;
    const { messageId, from, to, message, receivedTimestamp } = read.value;
    return { type: 'ours', value: { messageId, service: to, subscriber: from, text: message, at: receivedTimestamp } };
  },
};

/** In the documented samples the event's id is the message's; where the data has none it stands in. */
const withId = (data: unknown, messageId: string): unknown =>
  typeof data === 'object' && data !== null && !Object.keys(data).some((name) => name.toLowerCase() === 'messageid')
    ? { messageId, ...data }
    : data;
