import type { CallEntry } from './callEntry.ts';
import type { RecordingId } from './keys.ts';

/** A recording of a call, or what is known of a lost one. */
export interface CallRecording {
  readonly id: RecordingId;
  /** Milliseconds since 1970. */
  readonly startedAt?: number | undefined;
  /** How long (milliseconds) and how large what we keep is; absent: we keep nothing. */
  readonly kept?: { readonly ms: number; readonly bytes: number } | undefined;
  /** Why it, or a part of it, is not kept, in words. */
  readonly lost?: string | undefined;
}

/** In the order in which they were begun. */
export const recordingsOf = ({ recordings }: Pick<CallEntry, 'recordings'>): readonly CallRecording[] =>
  recordings === undefined ? [] : JSON.parse(recordings);

/** The call with these told of, whatever was told of them before. */
export function withRecordings(call: CallEntry, told: readonly CallRecording[]): CallEntry {
  const ids = new Set(told.map(({ id }) => id));
  const all = [...recordingsOf(call).filter(({ id }) => !ids.has(id)), ...told];
  const ordered = all.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  return { ...call, recordings: JSON.stringify(ordered) };
}

/** Those that were begun, and of which nothing has been told. */
export function missingRecordings(call: Pick<CallEntry, 'recordings' | 'recordingsBegun'>): readonly RecordingId[] {
  const told = new Set(recordingsOf(call).map(({ id }) => id));
  return ((call.recordingsBegun?.split(',') ?? []) as RecordingId[]).filter((id) => !told.has(id));
}
