import { randomUUID } from 'node:crypto';
import type { Call } from '../calls/call.ts';
import type { Desk } from '../calls/desk.ts';
import { refuse } from '../calls/refusal.ts';
import { tell } from '../calls/tell.ts';
import { lengthOf, type RecordedChunk, type Recording } from './recording.ts';
import { publishFile } from './recordingEvent.ts';

export type RecordingOrder = Pick<Recording, 'callbackUri' | 'channelType'> & { readonly pauseOnStart: boolean };

/** Refused if the call is being recorded already. */
export function startRecording(desk: Desk, call: Call, order: RecordingOrder): Recording {
  const { pauseOnStart, ...wanted } = order;
  if (runningOf(desk, call) !== undefined) return refuse('recordingRuns');
  const now = desk.pace.now();
  const recording: Recording = {
    ...wanted,
    id: randomUUID(),
    callId: call.id,
    startedAt: now,
    state: pauseOnStart ? 'inactive' : 'active',
    spans: pauseOnStart ? [] : [{ from: now }],
    chunks: [],
    deleted: new Set(),
  };
  desk.recordings.set(recording.id, recording);
  tellState(desk, call, recording);
  return recording;
}

const runningOf = ({ recordings }: Desk, call: Call): Recording | undefined =>
  [...recordings.values()].find(({ callId, endedAt }) => callId === call.id && endedAt === undefined);

export function pauseRecording(desk: Desk, recording: Recording): void {
  if (recording.state !== 'active') refuse('recordingState', 'The recording is paused already.');
  pause(desk, recording);
  tellOf(desk, recording);
}

export function resumeRecording(desk: Desk, recording: Recording): void {
  if (recording.state !== 'inactive') refuse('recordingState', 'The recording is not paused.');
  recording.state = 'active';
  recording.spans.push({ from: desk.pace.now() });
  tellOf(desk, recording);
}

/** Its file is there some time later, and Event Grid tells of it. */
export function endRecording(desk: Desk, recording: Recording, why: NonNullable<Recording['endReason']>): void {
  pause(desk, recording);
  recording.endedAt = desk.pace.now();
  recording.endReason = why;
  tellOf(desk, recording);
  desk.pace.act(desk.dials().calls.recordingDelayMs, () => {
    recording.chunks.push(...chunksOf(desk, recording));
    publishFile(desk, recording);
  });
}

export function endRecordings(desk: Desk, call: Call): void {
  const running = runningOf(desk, call);
  if (running !== undefined) endRecording(desk, running, 'CallEnded');
}

function pause(desk: Desk, recording: Recording): void {
  recording.state = 'inactive';
  const last = recording.spans.at(-1);
  if (last !== undefined) last.to ??= desk.pace.now();
}

function tellOf(desk: Desk, recording: Recording): void {
  const call = desk.calls.get(recording.callId);
  if (call !== undefined) tellState(desk, call, recording);
}

/** Told at the recording's own address only; without one, nobody is. */
function tellState(desk: Desk, call: Call, { id, state, startedAt, callbackUri }: Recording): void {
  if (callbackUri === undefined) return;
  const startDateTime = new Date(startedAt).toISOString();
  const told = { recordingId: id, state, startDateTime, recordingKind: 'azureCommunicationServices' };
  tell(desk, call, 'RecordingStateChanged', { ...told, result: 'done' }, callbackUri);
}

function chunksOf(desk: Desk, recording: Recording): readonly RecordedChunk[] {
  const whole = lengthOf(recording, desk.pace.now());
  const most = (desk.dials().calls.recordingChunkSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const count = Math.max(1, Math.ceil(whole / most));
  return Array.from({ length: count }, (_, index) => ({
    documentId: `0-eus-d1-${randomUUID().replaceAll('-', '')}`,
    index,
    length: index < count - 1 ? most : whole - index * (count > 1 ? most : 0),
  }));
}
