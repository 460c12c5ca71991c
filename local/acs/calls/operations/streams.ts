import * as z from 'zod/mini';
import type { Connection } from '../call.ts';
import { establishedCall } from '../desk.ts';
import { refuse } from '../refusal.ts';
import { tell } from '../tell.ts';
import { type Asked, about, type Done } from './common.ts';

export const streamBody = z.object({ locale: z.optional(z.string()), ...about });
type StreamAsked = Asked<z.output<typeof streamBody>>;

/**
 * Transcription and media streaming are answered and told of, and nothing is streamed: no socket is opened. They need an
 * address, as it is given when a call is answered.
 */
const streaming =
  (stream: keyof Connection['streams'], event: string, more: Readonly<Record<string, unknown>>) =>
  ({ desk, id, body }: StreamAsked): Done => {
    const call = establishedCall(desk, id);
    if (call.connection?.streams[stream] !== true) {
      return refuse('wrongState', `${stream} was not prepared when the call was answered or created.`);
    }
    const { operationContext, operationCallbackUri } = body;
    tell(desk, call, event, { operationContext, result: 'done', ...more }, operationCallbackUri);
    return { status: 202 };
  };

const transcription = (status: string, details: string) => ({
  transcriptionUpdate: { transcriptionStatus: status, transcriptionStatusDetails: details },
});
const media = (status: string, details: string) => ({
  mediaStreamingUpdate: {
    contentType: 'audio',
    mediaStreamingStatus: status,
    mediaStreamingStatusDetails: details,
  },
});

export const startTranscription = streaming(
  'transcription',
  'TranscriptionStarted',
  transcription('transcriptionStarted', 'subscriptionStarted'),
);
export const updateTranscription = streaming(
  'transcription',
  'TranscriptionUpdated',
  transcription('transcriptionUpdated', 'transcriptionLocaleUpdated'),
);
export const stopTranscription = streaming(
  'transcription',
  'TranscriptionStopped',
  transcription('transcriptionStopped', 'subscriptionStopped'),
);
export const startMediaStreaming = streaming(
  'mediaStreaming',
  'MediaStreamingStarted',
  media('mediaStreamingStarted', 'subscriptionStarted'),
);
export const stopMediaStreaming = streaming(
  'mediaStreaming',
  'MediaStreamingStopped',
  media('mediaStreamingStopped', 'subscriptionStopped'),
);
