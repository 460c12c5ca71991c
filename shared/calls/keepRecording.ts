import type { CallEntry } from '../conversations/callEntry.ts';
import { type CallRecording, recordingsOf, withRecordings } from '../conversations/callRecordings.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { atOf, recordingIdOf } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import { type Joined, joinParts } from './joinParts.ts';
import type { RecordedPart, RecordingRef } from './recordings.ts';

/** A recording that the provider has ready, in parts. */
export interface ReadyRecording {
  readonly serverCallId: string;
  readonly recordingId: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly parts: readonly RecordedPart[];
}

const tries = 5;

/**
 * Takes a recording over: fetched, checked, joined, kept with us, told on the timeline, and only then removed at the provider,
 * as far as it is kept. Every step can be done again, beside itself too. Throws `unavailable` while it cannot be fetched, for our
 * own storage, and `not-found` for a call that we know nothing of; what is not kept is said to be lost.
 */
export async function keepRecording(ready: ReadyRecording, services: CallServices): Promise<void> {
  const call = await services.callIndex.find(ready.serverCallId);
  if (call === undefined) throw new AppError('not-found', 'The recording is of no call that we recorded.');
  const ref = { ...call, recording: recordingIdOf(ready.recordingId ?? ready.parts[0]?.contentLocation ?? '') };
  const { told, done } = await takeOver(ref, ready, services);
  // What is not with us is left there as long as it can be: somebody may still fetch it by hand.
  for (const { deleteLocation } of done) await services.recordingSource.remove(deleteLocation);
  const fields = { ...ref, kept: told?.kept !== undefined, lost: told?.lost };
  services.log(told?.lost === undefined ? 'info' : 'warn', 'call.recording', fields);
}

/** What the timeline says of it now, and the parts that nobody needs at the provider any more. */
interface Taken {
  readonly told?: CallRecording | undefined;
  readonly done: readonly RecordedPart[];
}

async function takeOver(ref: RecordingRef, ready: ReadyRecording, services: CallServices): Promise<Taken> {
  const { parts } = ready;
  const read = await callAt(ref, services.store);
  if (read === undefined) return forget(ref, parts, services);
  const before = toldOf(read, ref);
  if (before?.kept !== undefined) return { told: before, done: before.lost === undefined ? parts : [] };
  const joined = await joinParts(parts, services.recordingSource);
  const told = await putDown(ref, { joined, startedAt: ready.startedAt }, services);
  if (told === undefined) return forget(ref, parts, services);
  return { told, done: told.kept !== undefined && told.lost === undefined ? parts : joined.parts };
}

const toldOf = ({ value }: Versioned<CallEntry>, { recording }: RecordingRef): CallRecording | undefined =>
  recordingsOf(value).find(({ id }) => id === recording);

/** What was erased meanwhile is not kept, here or there. */
async function forget(ref: RecordingRef, done: readonly RecordedPart[], { recordings }: CallServices): Promise<Taken> {
  await recordings.erase(ref.conversation, atOf(ref.key));
  return { done };
}

interface Found extends Pick<ReadyRecording, 'startedAt'> {
  readonly joined: Joined;
}

/** Kept first and told of after; what another delivery kept meanwhile stands. `undefined`: the call was erased. */
async function putDown(
  ref: RecordingRef,
  { joined: { whole, lost }, startedAt }: Found,
  { store, recordings }: CallServices,
): Promise<CallRecording | undefined> {
  const kept = whole && { ms: whole.ms, bytes: whole.wav.length };
  const told: CallRecording = { id: ref.recording, startedAt, kept, lost };
  for (let n = 0; n < tries; n++) {
    const read = await callAt(ref, store);
    if (read === undefined) return undefined;
    const before = toldOf(read, ref);
    if (before?.kept !== undefined) return before;
    if (whole !== undefined) await recordings.keep(ref, whole.wav);
    const value = withRecordings(read.value, [told]);
    if ((await store.judge(ref.conversation, { value, etag: read.etag })) !== undefined) return told;
  }
  throw new AppError('busy', 'The call keeps changing; its recording will be taken up again.');
}
