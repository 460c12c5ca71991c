import { digest } from '../core/hash.ts';
import type { CallEntry } from './callEntry.ts';

declare const recordingId: unique symbol;
/** 16 base64url characters, made from the provider's id of a recording. */
export type RecordingId = string & { readonly [recordingId]: never };

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

const form = /^[\w-]{16}$/;

export const recordingIdOf = (providerId: string): RecordingId => digest(providerId, 12) as RecordingId;

export const parseRecordingId = (text: string): RecordingId | undefined =>
  form.test(text) ? (text as RecordingId) : undefined;

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
