import { app } from '@azure/functions';
import { eventHandlers } from '../shared/runtime/eventHandlers.ts';
import { onEvent } from '../shared/runtime/onEvent.ts';

/** Event Grid, `Microsoft.Communication.RecordingFileStatusUpdated`: take a recording over. */
app.eventGrid('recordingReady', { handler: onEvent(eventHandlers.recordingReady) });
