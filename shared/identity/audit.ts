import { AppError } from '../core/errors.ts';
import type { LogFields, Logger } from '../core/logger.ts';
import type { UserKey } from './keys.ts';

export interface Deed extends LogFields {
  readonly what: 'issue' | 'exchange' | 'revoke' | 'delete';
  /** Whose tokens or identity. */
  readonly user: UserKey;
  /** `self`, or the admin. */
  readonly by: 'self' | UserKey;
}

/** Does it and writes down who did what to whom, and how that ended, in pseudonyms. */
export async function audited<T>(deed: Deed, log: Logger, run: () => Promise<T>): Promise<T> {
  const end = (result: string) => log('info', 'identity.audit', { ...deed, result });
  try {
    const done = await run();
    end('done');
    return done;
  } catch (error) {
    end(error instanceof AppError ? error.code : 'internal');
    throw error;
  }
}
