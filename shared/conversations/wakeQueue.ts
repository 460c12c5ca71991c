import type { ConversationId, EntryKey } from './keys.ts';

/** Makes someone look at an entry at a time. */
export interface Wake {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
  /** How often it has looked and found nothing. */
  readonly misses?: number | undefined;
}

export interface WakeQueue {
  /** `at`: milliseconds since 1970; seen at most a few seconds later. */
  arm(wake: Wake, at: number): Promise<void>;
  /** Puts a wake that could not be settled back among the poisoned ones. */
  armSettling(wake: Wake, at: number): Promise<void>;
}
