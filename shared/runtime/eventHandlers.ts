import { answerCall } from '../calls/answerCall.ts';
import { completeCall } from '../calls/completeCall.ts';
import { keepRecording } from '../calls/keepRecording.ts';
import { callLifecycle } from '../events/callLifecycle.ts';
import { incomingCall } from '../events/incomingCall.ts';
import { recordingReady } from '../events/recordingReady.ts';
import { smsDeliveryReport } from '../events/smsDeliveryReport.ts';
import { smsReceived } from '../events/smsReceived.ts';
import { type EventReader, type Reading, readEvent } from '../events/wireEvent.ts';
import { receiveSms } from '../sms/receiveSms.ts';
import { recordDelivery } from '../sms/recordDelivery.ts';
import type { Services } from './services.ts';
import { tellOfMessage, tellOfText } from './tell.ts';

/** What is done with an event: it is read, and then, if it is ours, carried out. */
export type EventHandler = (event: unknown, services: Services) => Reading<() => Promise<void>>;

/** The one list of what the app does with events; each function of Event Grid has the handler of its name. */
export const eventHandlers = {
  smsReceived: handlerOf(smsReceived, async (sms, services) => {
    await receiveSms(sms, services);
    await tellOfText(sms, services);
  }),
  smsDeliveryReport: handlerOf(smsDeliveryReport, async (report, services) => {
    await recordDelivery(report, services);
    await tellOfMessage(report, services);
  }),
  incomingCall: handlerOf(incomingCall, answerCall),
  recordingReady: handlerOf(recordingReady, keepRecording),
  callLifecycle: handlerOf(callLifecycle, completeCall),
} as const satisfies Readonly<Record<string, EventHandler>>;

function handlerOf<T>(reader: EventReader<T>, handle: (value: T, services: Services) => Promise<void>): EventHandler {
  return (event, services) => {
    const reading = readEvent(reader, event, services.config.ACS_RESOURCE_ID);
    return reading.type === 'ours' ? { type: 'ours', value: () => handle(reading.value, services) } : reading;
  };
}
