import { type Series, simulate, type Tally } from './simulate.ts';
import { shortStoryOf } from './story.ts';

/** What became of a series in which every rule held; throws the shortest story found of the first that did not. */
export async function held(series: Series): Promise<Tally> {
  const tally = await simulate({ enough: 1, ...series });
  const [failure] = tally.failures;
  if (failure !== undefined) throw new Error(await shortStoryOf(failure, series.profile, series.mutant));
  return tally;
}
