import { AppError } from '../core/errors.ts';
import type { IdentityRow } from './identityMap.ts';
import type { IdentityServices } from './identityServices.ts';
import type { UserKey } from './keys.ts';

type Reach = Pick<IdentityServices, 'map' | 'rand' | 'pause'>;
type Next = Omit<IdentityRow, 'attempt'>;

const tries = 24;
/** Milliseconds; two dozen such pauses are more than it takes sixty-four processes to pass one by one. */
const longestPause = 250;

export const busy = () => new AppError('busy', 'Others keep changing this user’s identity; try again.');

/** A moment, the longer the more often it was tried, so that those who collide do not meet again. */
export const giveWay = (n: number, { rand, pause }: Reach): Promise<unknown> =>
  pause(rand.fraction() * Math.min(longestPause, 10 * 2 ** n));

/**
 * Reads the row, decides and writes, until nobody else has changed it in between; two requests if nobody does. Resolves
 * to the row as written. Throws `busy` when others are always faster.
 */
export async function changeRow(
  user: UserKey,
  reach: Reach,
  decide: (row: IdentityRow | undefined) => Promise<Next> | Next,
): Promise<Next> {
  const attempt = reach.rand.token();
  for (let n = 0; n < tries; n++) {
    const found = await reach.map.read(user);
    if (found?.value.attempt === attempt) return found.value;
    const next = await decide(found?.value);
    if (await reach.map.write(user, { ...next, attempt }, found?.etag)) return next;
    await giveWay(n, reach);
  }
  throw busy();
}
