import { app } from '@azure/functions';
import { callEvents } from '../shared/runtime/callEvents.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.RecordingFileStatusUpdated`: take a recording over. */
app.eventGrid('recordingReady', { handler: onEvent(callEvents.recordingReady) });
