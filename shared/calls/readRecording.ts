import { AppError } from '../core/errors.ts';
import type { ByteRange, CallRef, RecordingStore } from './recordings.ts';

/** How many bytes there are. Throws `not-found`. */
export async function recordingSize({ conversation, key }: CallRef, recordings: RecordingStore): Promise<number> {
  const size = await recordings.size(conversation, key);
  if (size === undefined) throw none();
  return size;
}

/** Some of them. Throws `not-found`: it may have been erased meanwhile. */
export async function readRecording(
  { conversation, key }: CallRef,
  range: ByteRange,
  recordings: RecordingStore,
): Promise<Uint8Array> {
  const bytes = await recordings.read(conversation, key, range);
  if (bytes === undefined) throw none();
  return bytes;
}

const none = (): AppError => new AppError('not-found', 'There is no recording of this call.');
