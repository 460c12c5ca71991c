import { app } from '@azure/functions';
import { smsDeliveryReport } from '../shared/events/smsDeliveryReport.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';
import { recordDelivery } from '../shared/sms/recordDelivery.ts';

/** Event Grid, `Microsoft.Communication.SMSDeliveryReportReceived`: write down what became of a text of ours. */
app.eventGrid('smsDeliveryReport', { handler: onEvent(smsDeliveryReport, recordDelivery) });
