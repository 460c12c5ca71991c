import { app } from '@azure/functions';
import { smsReceived } from '../shared/events/smsReceived.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';
import { receiveSms } from '../shared/sms/receiveSms.ts';

/** Event Grid, `Microsoft.Communication.SMSReceived`: keep the text, honour its consent, answer it. */
app.eventGrid('smsReceived', { handler: onEvent(smsReceived, receiveSms) });
