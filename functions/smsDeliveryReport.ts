import { app } from '@azure/functions';
import { onEvent } from '../shared/runtime/onEvent.ts';
import { smsEvents } from '../shared/runtime/smsEvents.ts';

/** Event Grid, `Microsoft.Communication.SMSDeliveryReportReceived`: write down what became of a text of ours. */
app.eventGrid('smsDeliveryReport', { handler: onEvent(smsEvents.smsDeliveryReport) });
