import type { CallEntry, CallFacts } from './callEntry.ts';
import type { ConsentChange } from './consent.ts';
import type { Entry, Facts, OutboundMessage } from './entry.ts';
import type { AnyHead } from './head.ts';
import type { ConversationId, EntryKey } from './keys.ts';

/** A value as it was read or written last; `etag` is absent while it has never been stored. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag?: string | undefined;
}

/** What a request with an Idempotency-Key made, kept so that its repetition makes nothing. */
export interface RequestRow {
  readonly requestKey: string;
  readonly entry: EntryKey;
  /** Absent once the conversation was erased: it would tell a text to whoever guesses it. */
  readonly bodyHash?: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Everything that one decision changes; all of it is written, or nothing. */
export interface Commit {
  readonly conversation: ConversationId;
  readonly head: Versioned<AnyHead>;
  /** New entries, in the order in which their existence is tested. */
  readonly create?: readonly Entry[] | undefined;
  readonly request?: RequestRow | undefined;
  readonly consent?: ConsentChange | undefined;
  /** An outbound message judged, or a call moved on, in the same breath, under its own ETag. */
  readonly judge?: Versioned<OutboundMessage | CallEntry> | undefined;
  /** Facts of an existing entry, merged blindly. */
  readonly learn?: { readonly key: EntryKey; readonly facts: Facts | CallFacts } | undefined;
}

/**
 * `entry-exists`, `request-exists`: made before, perhaps by this very call if its answer was lost. `changed`: the head or
 * the judged entry is no longer what was read. `missing`: an entry to judge or to learn about is gone.
 */
export type CommitResult =
  | { readonly type: 'committed'; readonly etags: ReadonlyMap<EntryKey, string> }
  | { readonly type: 'entry-exists' | 'request-exists' | 'changed' | 'missing' };

/** What the protocol needs of storage. Everything but the outcomes named is thrown as `storage-failed`. */
export interface ConversationStore {
  head(id: ConversationId): Promise<Versioned<AnyHead> | undefined>;
  entry(id: ConversationId, key: EntryKey): Promise<Versioned<Entry> | undefined>;
  request(id: ConversationId, requestKey: string): Promise<RequestRow | undefined>;
  commit(commit: Commit): Promise<CommitResult>;
  /** Replaces the message, or the call, under its ETag. `undefined`: it is no longer what was read (or this is the echo of our own write). */
  judge(id: ConversationId, entry: Versioned<OutboundMessage | CallEntry>): Promise<string | undefined>;
  /** Merges facts into the entry; `false`: the entry is gone. */
  learn(id: ConversationId, key: EntryKey, facts: Facts | CallFacts): Promise<boolean>;
}
