import type { ConsentChange } from './consent.ts';
import type { Entry } from './entry.ts';
import type { ConversationId } from './keys.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string | undefined;
}

/** Reads a conversation back, latest first. */
export interface Timeline {
  entries(id: ConversationId, size: number, cursor?: string): Promise<Page<Entry>>;
  consentHistory(id: ConversationId): Promise<readonly ConsentChange[]>;
}
