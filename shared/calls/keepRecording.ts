import type { CallFacts } from '../conversations/callEntry.ts';
import { atOf } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import type { CallRef, RecordedPart } from './recordings.ts';
import { readWav } from './wav.ts';

/** A recording that the provider has ready, in parts. */
export interface ReadyRecording {
  readonly serverCallId: string;
  readonly recordingId: string | undefined;
  readonly parts: readonly RecordedPart[];
}

/** Bytes; ten minutes and more of what the provider records (16-bit, mono, 16 kHz). */
const largest = 32_000_000;

/**
 * Takes a recording over: fetched, checked, kept with us, told on the timeline, and only then removed at the provider. Every
 * step can be done again. Throws `unavailable` while it cannot be fetched, for our own storage, and `not-found` for a call that
 * we know nothing of; one that is gone for good is said to be lost.
 */
export async function keepRecording(ready: ReadyRecording, services: CallServices): Promise<void> {
  const ref = await services.callIndex.find(ready.serverCallId);
  if (ref === undefined) throw new AppError('not-found', 'The recording is of no call that we recorded.');
  const read = await callAt(ref, services.store);
  // What was erased meanwhile is not kept, here or there; what is kept already is only removed there.
  const isNew = read !== undefined && read.value.recordedMs === undefined;
  const facts = isNew ? await takeOver(ref, ready.parts, services) : undefined;
  if (facts !== undefined && (await services.store.learn(ref.conversation, ref.key, facts)) === false)
    await services.recordings.erase(ref.conversation, atOf(ref.key));
  for (const { deleteLocation } of ready.parts) await services.recordingSource.remove(deleteLocation);
  services.log('info', 'call.recording', { ...ref, kept: facts?.recordedMs !== undefined, lost: facts?.recordingLost });
}

async function takeOver(ref: CallRef, parts: readonly RecordedPart[], services: CallServices): Promise<CallFacts> {
  const [first] = parts;
  if (first === undefined) return { recordingLost: 'The provider has no recording of it.' };
  const bytes = await services.recordingSource.fetch(first.contentLocation);
  if (bytes === undefined) return { recordingLost: 'The provider no longer had the recording.' };
  const wav = readWav(bytes);
  if (wav === undefined || bytes.length > largest)
    return { recordingLost: 'What the provider recorded is no WAV file.' };
  await services.recordings.keep(ref.conversation, ref.key, bytes);
  return { recordedMs: wav.milliseconds, recordedBytes: bytes.length };
}
