import { app } from '@azure/functions';
import { eventHandlers } from '../shared/runtime/eventHandlers.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.SMSReceived`: keep the text, honour its consent, answer it. */
app.eventGrid('smsReceived', { handler: onEvent(eventHandlers.smsReceived) });
