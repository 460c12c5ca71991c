import { changeRow } from './changeRow.ts';
import type { IdentityRow } from './identityMap.ts';
import type { UserId } from './identityProvider.ts';
import type { IdentityServices } from './identityServices.ts';
import type { UserKey } from './keys.ts';
import { spend } from './quota.ts';

export interface Wanted {
  readonly user: UserKey;
  /** The provider says that it has this one no more. */
  readonly gone?: UserId | undefined;
}

/**
 * The user's one identity, made if there is none, however many ask at once. This token is counted, unless an identity is
 * asked for in place of one that is gone. Throws `token-limit` before anything is made.
 */
export async function userIdentity({ user, gone }: Wanted, services: IdentityServices): Promise<UserId> {
  const { provider, clock, settings } = services;
  /** Ours, as long as it is not known whether it is the one in the row. */
  let made: UserId | undefined;
  const decide = async (row: IdentityRow | undefined) => {
    const standing = standingIn(row, gone);
    if (made !== undefined && standing !== undefined && standing !== made) made = await letGo(made, user, services);
    const before = row?.issued ?? [];
    const issued = gone === undefined ? spend(before, clock.now(), settings.tokensPerHour) : before;
    if (standing !== undefined) return { issued, identity: standing };
    // A deletion that was begun: its identity goes before another comes, so that no token outlives it.
    if (row?.deleting && row.identity !== undefined) await provider.deleteUser(row.identity);
    made ??= await provider.createUser();
    return { issued, identity: made };
  };
  try {
    const { identity } = await changeRow(user, services, decide);
    return identity as UserId;
  } catch (error) {
    // It may be in the row after all: deleting it could take the user's identity away.
    if (made !== undefined) orphaned(made, user, services);
    throw error;
  }
}

/** The identity that tokens are issued on, if there is one. */
const standingIn = (row: IdentityRow | undefined, gone: UserId | undefined): UserId | undefined =>
  row?.deleting || row?.identity === gone ? undefined : row?.identity;

/** Somebody else was faster: ours is nobody's, and no token was ever issued on it. */
async function letGo(made: UserId, user: UserKey, services: IdentityServices): Promise<undefined> {
  await services.provider.deleteUser(made).catch(() => orphaned(made, user, services));
}

/** An identity without tokens that stays at the provider; its id, which is nobody's, is all that is left to find it by. */
const orphaned = (identity: UserId, user: UserKey, { log }: IdentityServices): void =>
  log('warn', 'identity.orphaned', { user, identity });
