import { app } from '@azure/functions';
import { eventHandlers } from '../shared/runtime/eventHandlers.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.IncomingCall`: answer a ring, or reject or redirect it. */
app.eventGrid('incomingCall', { handler: onEvent(eventHandlers.incomingCall) });
