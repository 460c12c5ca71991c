import { recordingsOf } from '../conversations/callRecordings.ts';
import type { RecordingId } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import type { ByteRange, CallRef, RecordingRef, RecordingStore } from './recordings.ts';

/** A recording that is kept. */
export interface FoundRecording {
  readonly ref: RecordingRef;
  readonly bytes: number;
}

/** One of a call's recordings, the first unless another is asked for. Throws `not-found`. */
export async function findRecording(
  call: CallRef,
  asked: RecordingId | undefined,
  { store }: Pick<CallServices, 'store'>,
): Promise<FoundRecording> {
  const read = await callAt(call, store);
  const all = read === undefined ? [] : recordingsOf(read.value);
  const found = all.find(({ id, kept }) => kept !== undefined && id === (asked ?? id));
  if (found?.kept === undefined) throw none();
  return { ref: { ...call, recording: found.id }, bytes: found.kept.bytes };
}

/** Some of its bytes. Throws `not-found`: it may have been erased meanwhile. */
export async function readRecording(
  recording: RecordingRef,
  range: ByteRange,
  recordings: RecordingStore,
): Promise<Uint8Array> {
  const bytes = await recordings.read(recording, range);
  if (bytes === undefined) throw none();
  return bytes;
}

const none = (): AppError => new AppError('not-found', 'There is no such recording of this call.');
