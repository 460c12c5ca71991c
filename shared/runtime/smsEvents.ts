import { smsDeliveryReport } from '../events/smsDeliveryReport.ts';
import { smsReceived } from '../events/smsReceived.ts';
import { receiveSms } from '../sms/receiveSms.ts';
import { recordDelivery } from '../sms/recordDelivery.ts';
import { type EventHandler, handlerOf } from './eventHandler.ts';
import { tellOfMessage, tellOfText } from './tell.ts';

/** What the app does with events of texts; each function of Event Grid has the handler of its name. */
export const smsEvents = {
  smsReceived: handlerOf(smsReceived, async (sms, services) => {
    await receiveSms(sms, services);
    await tellOfText(sms, services);
  }),
  smsDeliveryReport: handlerOf(smsDeliveryReport, async (report, services) => {
    await recordDelivery(report, services);
    await tellOfMessage(report, services);
  }),
} as const satisfies Readonly<Record<string, EventHandler>>;
