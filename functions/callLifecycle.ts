import { app } from '@azure/functions';
import { callEvents } from '../shared/runtime/callEvents.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `CallStarted`, `CallEnded`, `CallParticipantAdded` and `…Removed`: complete a call that was passed to a browser. */
app.eventGrid('callLifecycle', { handler: onEvent(callEvents.callLifecycle) });
