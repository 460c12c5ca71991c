import type { Ticks } from '../core/time.ts';
import type { ConversationId } from './keys.ts';

/** Takes recordings away for good. May be repeated. Throws `storage-failed`. */
export interface RecordingErasure {
  /** Those of every call of this instant and before it. */
  erase(id: ConversationId, upTo: Ticks): Promise<void>;
}

/** Takes rows away for good. Both may be repeated, and may find that somebody else did it. */
export interface Erasure {
  /** Every entry of this instant and before it. */
  removeEntries(id: ConversationId, upTo: Ticks): Promise<void>;
  /**
   * Of the requests that made such entries takes away what expired, and from the others what they say of their text. Resolves
   * to when the last of them expires, `undefined` if none is left. `now` and the result are milliseconds since 1970.
   */
  stripRequests(id: ConversationId, upTo: Ticks, now: number): Promise<number | undefined>;
}
