import * as z from 'zod/mini';
import type { ReadyRecording } from '../calls/keepRecording.ts';
import { type EventReader, readData } from './wireEvent.ts';

const data = z.object({
  recordingStorageInfo: z.looseObject({
    recordingChunks: z.array(
      z.looseObject({
        index: z.optional(z.number()),
        contentLocation: z.string(),
        deleteLocation: z.string(),
      }),
    ),
  }),
  recordingStartTime: z.nullish(z.string()),
  recordingId: z.nullish(z.string()),
});

/** The event's data does not name the call; its subject does. */
const subjectForm = /\/serverCallId\/(.+?)(?:\/recordingId\/([^/]+))?$/i;

/** `Microsoft.Communication.RecordingFileStatusUpdated` (https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events). */
export const recordingReady: EventReader<ReadyRecording> = {
  eventType: 'Microsoft.Communication.RecordingFileStatusUpdated',
  read(event) {
    const read = readData(data, ['recordingStorageInfo', 'recordingStartTime', 'recordingId'], event.data);
    if (read.type !== 'ours') return read;
    const [, serverCallId, recordingId] = subjectForm.exec(event.subject ?? '') ?? [];
    if (serverCallId === undefined)
      return { type: 'dropped', reason: `Its subject does not name a call: ${event.subject}.` };
    const chunks = [...read.value.recordingStorageInfo.recordingChunks].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
    return {
      type: 'ours',
      value: {
        serverCallId: decoded(serverCallId),
        recordingId: read.value.recordingId ?? recordingId,
        startedAt: instantOf(read.value.recordingStartTime),
        parts: chunks.map(({ contentLocation, deleteLocation }) => ({ contentLocation, deleteLocation })),
      },
    };
  },
};

/** Milliseconds since 1970; `undefined` for what is no time. */
function instantOf(time: string | null | undefined): number | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
