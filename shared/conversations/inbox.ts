import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Ticks } from '../core/time.ts';
import type { Flag } from './flags.ts';
import type { InboxKey } from './keys.ts';
import type { Page } from './timeline.ts';

/** What is asked of an inbox: a page of it. */
export interface InboxQuery {
  readonly service: PhoneNumber;
  /** Only the unread, or only the read. */
  readonly unread?: boolean | undefined;
  readonly flag?: Flag | undefined;
  readonly size: number;
  readonly cursor?: string | undefined;
}

/** `version` differs each time that the row is written. */
export interface InboxRow {
  readonly key: InboxKey;
  readonly version: string;
}

/** A service number's conversations, latest first: rows that point at heads and know nothing else. */
export interface Inbox {
  /** Sets the row at `to` and takes away the one at `from`; done twice, or with `from` gone, it changes nothing more. */
  move(service: PhoneNumber, to: InboxKey, from?: InboxKey): Promise<void>;
  /** Gives the row another version, if it is there: what its head shows has changed. */
  touch(service: PhoneNumber, key: InboxKey): Promise<void>;
  remove(service: PhoneNumber, key: InboxKey): Promise<void>;
  page(service: PhoneNumber, size: number, cursor?: string): Promise<Page<InboxRow>>;
  /** Those that stand at an instant or before it, latest first. */
  before(service: PhoneNumber, at: Ticks, size: number, cursor?: string): Promise<Page<InboxRow>>;
}
