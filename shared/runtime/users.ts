import type { IdentityServices } from '../identity/identityServices.ts';
import { type UserKey, userKeyOf } from '../identity/keys.ts';
import type { Target } from '../identity/revokeTokens.ts';
import type { Caller } from './caller.ts';

type Keys = Pick<IdentityServices, 'settings'>;

export const userOf = (caller: Caller, { settings }: Keys): UserKey => userKeyOf(settings.conversationKey, caller);

/** What a caller does to themselves. */
export const own = (caller: Caller, keys: Keys): Target => ({ user: userOf(caller, keys), by: 'self' });

/** What an admin does to somebody. */
export const another = (user: UserKey, admin: Caller, keys: Keys): Target => ({ user, by: userOf(admin, keys) });
