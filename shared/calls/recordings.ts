import type { RecordingErasure } from '../conversations/erasure.ts';
import type { ConversationId, EntryKey, RecordingId } from '../conversations/keys.ts';

/** Where the provider keeps a part of a recording, for a day. */
export interface RecordedPart {
  readonly contentLocation: string;
  readonly deleteLocation: string;
}

/** Reaches recordings at the provider. Throws `unavailable` when it cannot tell; `undefined`, `false`: there is none any more. */
export interface RecordingSource {
  fetch(contentLocation: string): Promise<Uint8Array | undefined>;
  remove(deleteLocation: string): Promise<boolean>;
}

/** A stretch of bytes, both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Keeps the recordings of calls. Throws `storage-failed`. */
export interface RecordingStore extends RecordingErasure {
  /** Again with the same is no change. */
  keep(recording: RecordingRef, wav: Uint8Array): Promise<void>;
  /** `undefined`: there is no such recording. */
  read(recording: RecordingRef, range: ByteRange): Promise<Uint8Array | undefined>;
}

export interface CallRef {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
}

export interface RecordingRef extends CallRef {
  readonly recording: RecordingId;
}

/**
 * Leads from the provider's id of a call to its entry, where an event brings nothing else. It stays: the event may come again,
 * and holds nothing of anybody.
 */
export interface CallIndex {
  remember(serverCallId: string, call: CallRef): Promise<void>;
  find(serverCallId: string): Promise<CallRef | undefined>;
}
