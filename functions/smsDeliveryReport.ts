import { app } from '@azure/functions';
import { eventHandlers } from '../shared/runtime/eventHandlers.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.SMSDeliveryReportReceived`: write down what became of a text of ours. */
app.eventGrid('smsDeliveryReport', { handler: onEvent(eventHandlers.smsDeliveryReport) });
