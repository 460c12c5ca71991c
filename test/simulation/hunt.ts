import type { Doomed } from './mutants/doomed.ts';
import { profiles } from './profiles.ts';
import { type Failure, simulate } from './simulate.ts';

/** So many seeds at a time: most mutants are seen in the first few. */
const stretch = 100;

/** The first schedule in which a mutant is seen to break its rule, if it is among the first so many. */
export async function firstSeen(mutant: Doomed, within: number): Promise<Failure | undefined> {
  const profile = profiles[mutant.profile];
  for (let from = 1; from <= within; from += stretch) {
    const { failures } = await simulate({ profile, from, schedules: stretch, mutant });
    const seen = failures.find(({ violations }) => violations.some(({ rule }) => rule === mutant.breaks));
    if (seen !== undefined) return seen;
  }
  return undefined;
}
