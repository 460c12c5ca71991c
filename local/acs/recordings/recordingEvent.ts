import { publish } from '../calls/callEvents.ts';
import type { Desk } from '../calls/desk.ts';
import { lengthOf, type RecordedChunk, type Recording } from './recording.ts';

/** Where the service keeps recordings; SDKs refuse any other host, and only know how to reach this one over TLS. */
const storage = 'https://us-storage.asm.skype.com/v1/objects';

/** https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events ("RecordingFileStatusUpdated") */
export function publishFile(desk: Desk, recording: Recording): void {
  const call = desk.calls.get(recording.callId);
  if (call === undefined) return;
  const subject = `/recording/call/${call.id}/serverCallId/${call.serverCallId}/recordingId/${recording.id}`;
  publish(desk, 'RecordingFileStatusUpdated', subject, {
    recordingStorageInfo: { recordingChunks: recording.chunks.map((chunk) => locationsOf(chunk, recording)) },
    recordingStartTime: new Date(recording.startedAt).toISOString(),
    recordingDurationMs: lengthOf(recording, desk.pace.now()),
    sessionEndReason: recording.endReason,
    recordingContentType: 'Audio',
    recordingChannelType: recording.channelType === 'mixed' ? 'Mixed' : 'Unmixed',
    recordingFormatType: 'Wav',
    recordingId: recording.id,
    storageType: 'ACS',
  });
}

const locationsOf = ({ documentId, index }: RecordedChunk, { chunks }: Recording) => ({
  documentId,
  index,
  endReason: index < chunks.length - 1 ? 'ChunkMaximumTimeExceeded' : 'SessionEnded',
  contentLocation: `${storage}/${documentId}/content/audio`,
  metadataLocation: `${storage}/${documentId}/content/acsmetadata`,
  deleteLocation: `${storage}/${documentId}`,
});
