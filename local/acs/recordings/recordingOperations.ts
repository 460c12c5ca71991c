import * as z from 'zod/mini';
import type { Call } from '../calls/call.ts';
import { connectedCall, type Desk, refuseEnded } from '../calls/desk.ts';
import { type Asked, address, type Done } from '../calls/operations/common.ts';
import { refuse } from '../calls/refusal.ts';
import { endRecording, pauseRecording, resumeRecording, startRecording } from './record.ts';
import type { Recording } from './recording.ts';

export const recordBody = z.object({
  callLocator: z.optional(z.object({ serverCallId: z.optional(z.string()) })),
  callConnectionId: z.optional(z.string()),
  recordingStateCallbackUri: z.optional(address),
  recordingContentType: z._default(z.enum(['audio', 'audioVideo']), 'audioVideo'),
  recordingChannelType: z._default(z.enum(['mixed', 'unmixed']), 'mixed'),
  recordingFormatType: z._default(z.enum(['wav', 'mp3', 'mp4']), 'mp4'),
  pauseOnStart: z._default(z.boolean(), false),
  externalStorage: z.optional(z.looseObject({ recordingStorageKind: z.optional(z.string()) })),
});
type RecordBody = z.output<typeof recordBody>;

/** Audio as WAV, kept by the service: nothing else is made here, and nothing else is promised. */
export function start({ desk, body }: Asked<RecordBody>): Done {
  const { recordingContentType: content, recordingFormatType: format, externalStorage } = body;
  if (content !== 'audio' || format !== 'wav') {
    return refuse(
      'unsupported',
      `The local world records audio as wav, not ${content} as ${format}: say so in the request.`,
    );
  }
  if (externalStorage !== undefined && externalStorage.recordingStorageKind !== 'azureCommunicationServices') {
    return refuse('unsupported', 'The local world has no storage of yours to record to: leave externalStorage out.');
  }
  const recording = startRecording(desk, callToRecord(desk, body), {
    callbackUri: body.recordingStateCallbackUri,
    channelType: body.recordingChannelType,
    pauseOnStart: body.pauseOnStart,
  });
  return { status: 200, body: shown(recording) };
}

function callToRecord(desk: Desk, { callLocator, callConnectionId }: RecordBody): Call {
  const call =
    callConnectionId === undefined
      ? [...desk.calls.values()].find(({ serverCallId }) => serverCallId === callLocator?.serverCallId)
      : connectedCall(desk, callConnectionId);
  if (call === undefined)
    return refuse('notFound', 'No call has this serverCallId. Calls do not outlive the local world.');
  if (call.phase === 'ended') return refuseEnded(desk);
  return call.phase === 'connected' ? call : refuse('notEstablished');
}

export function getState({ desk, id }: Asked<unknown>): Done {
  return { status: 200, body: shown(running(desk, id)) };
}

export function stop({ desk, id }: Asked<unknown>): Done {
  endRecording(desk, running(desk, id), 'RecordingStopped');
  return { status: 204 };
}

export function pause({ desk, id }: Asked<unknown>): Done {
  pauseRecording(desk, running(desk, id));
  return { status: 202 };
}

export function resume({ desk, id }: Asked<unknown>): Done {
  resumeRecording(desk, running(desk, id));
  return { status: 202 };
}

/** A recording that has ended is not known to the wire any more; its files are. */
function running({ recordings }: Desk, id: string): Recording {
  const recording = recordings.get(id);
  return recording === undefined || recording.endedAt !== undefined
    ? refuse('notFound', 'There is no such recording, or it has ended.')
    : recording;
}

const shown = ({ id, state }: Recording) => ({
  recordingId: id,
  recordingState: state,
  recordingKind: 'azureCommunicationServices',
});
