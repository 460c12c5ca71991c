import { app } from '@azure/functions';
import { callEvents } from '../shared/runtime/callEvents.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.IncomingCall`: answer a ring, or reject or redirect it. */
app.eventGrid('incomingCall', { handler: onEvent(callEvents.incomingCall) });
