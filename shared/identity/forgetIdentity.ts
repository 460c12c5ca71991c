import { audited } from './audit.ts';
import { busy, giveWay } from './changeRow.ts';
import type { FoundIdentity } from './identityMap.ts';
import type { UserId } from './identityProvider.ts';
import type { IdentityServices } from './identityServices.ts';
import type { UserKey } from './keys.ts';
import type { Target } from './revokeTokens.ts';

const tries = 24;

/**
 * Deletes a user's identity with all its tokens, and forgets it; there may be none. The row is marked first, so that
 * whoever comes next finishes what died on the way. What stays is when tokens were issued, so that deleting gives no new ones.
 */
export const forgetIdentity = (target: Target, services: IdentityServices): Promise<void> =>
  audited({ what: 'delete', ...target }, services.log, () => forget(target.user, services));

async function forget(user: UserKey, services: IdentityServices): Promise<void> {
  const attempt = services.rand.token();
  let doomed: UserId | undefined;
  for (let n = 0; n < tries; n++) {
    const found = await services.map.read(user);
    const identity = found?.value.identity;
    // Another one, made since: a token was asked for after us.
    if (found === undefined || identity === undefined || (doomed !== undefined && identity !== doomed)) return;
    doomed = identity;
    const etag = await mark(user, found, attempt, services);
    if (etag !== undefined) {
      await services.provider.deleteUser(doomed);
      if (await services.map.write(user, { issued: found.value.issued, attempt }, etag)) return;
    }
    await giveWay(n, services);
  }
  throw busy();
}

const mark = async (user: UserKey, { value, etag }: FoundIdentity, attempt: string, { map }: IdentityServices) =>
  value.deleting ? etag : map.write(user, { ...value, deleting: true, attempt }, etag);
