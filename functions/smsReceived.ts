import { app } from '@azure/functions';
import { onEvent } from '../shared/runtime/onEvent.ts';
import { smsEvents } from '../shared/runtime/smsEvents.ts';

/** Event Grid, `Microsoft.Communication.SMSReceived`: keep the text, honour its consent, answer it. */
app.eventGrid('smsReceived', { handler: onEvent(smsEvents.smsReceived) });
