import type { UserId } from './identityProvider.ts';
import type { UserKey } from './keys.ts';

/** What is kept of a user: their identity and when tokens were issued; never a token. */
export interface IdentityRow {
  /** Absent before the first token and after the identity was deleted. */
  readonly identity?: UserId | undefined;
  /** It is to be deleted, and may be so already; whoever meets this finishes it. */
  readonly deleting?: true | undefined;
  /** Instants of the latest tokens, milliseconds, ascending; they outlive the identity. */
  readonly issued: readonly number[];
  /** Who wrote the row last, so that they know their own write again. */
  readonly attempt: string;
}

export interface FoundIdentity {
  readonly value: IdentityRow;
  readonly etag: string;
}

/** One row for each user. A row is never deleted, so that no late write of an earlier one can hold again. */
export interface IdentityMap {
  read(user: UserKey): Promise<FoundIdentity | undefined>;
  /**
   * Writes the row if it still has this ETag, or is still absent where there is none. `undefined`: it has changed, perhaps
   * by this very write, whose answer was lost.
   */
  write(user: UserKey, row: IdentityRow, etag: string | undefined): Promise<string | undefined>;
}
