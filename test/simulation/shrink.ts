import type { Id } from './dice.ts';
import { judge } from './judge.ts';
import type { Plan } from './plan.ts';
import { run } from './simulate.ts';
import type { Trouble } from './troubles.ts';
import { scripted } from './weather.ts';
import type { Schedule } from './world.ts';

/** A schedule as a list of what people do and what goes wrong, of which parts can be left out. */
interface Telling {
  readonly plan: Plan;
  readonly troubles: ReadonlyMap<Id, Trouble>;
}

/** A run is small: after so many tries what is left of it is short enough. */
const mostRuns = 3_000;

/**
 * The shortest schedule found that breaks the same rule: fewer happenings, fewer troubles, clocks that are right. Of each
 * it tries to leave out halves, then quarters, and at last one by one.
 */
export async function shrunk(schedule: Schedule): Promise<Schedule> {
  const first = await run(schedule);
  const rules = new Set(judge(first).map(({ rule }) => rule));
  let runs = 0;
  const asTold = ({ plan, troubles }: Telling): Schedule => ({ ...schedule, plan, weather: scripted(troubles) });
  const fails = async (telling: Telling): Promise<boolean> => {
    if (runs++ > mostRuns) return false;
    return judge(await run(asTold(telling))).some(({ rule }) => rules.has(rule));
  };

  let told: Telling = { plan: schedule.plan, troubles: first.troubles };
  for (let before = Number.POSITIVE_INFINITY; sizeOf(told) < before; ) {
    before = sizeOf(told);
    told = await simplest(told, fails);
    const { plan } = told;
    const happenings = await fewest(plan.happenings, (kept) => fails({ ...told, plan: { ...plan, happenings: kept } }));
    told = { ...told, plan: { ...plan, happenings } };
    const troubles = await fewest([...told.troubles], (kept) => fails({ ...told, troubles: new Map(kept) }));
    told = { ...told, troubles: new Map(troubles) };
  }
  return asTold(told);
}

const sizeOf = ({ plan, troubles }: Telling): number => plan.happenings.length + troubles.size;

/** Makes the world plainer, where the rule breaks all the same. */
async function simplest(telling: Telling, fails: (telling: Telling) => Promise<boolean>): Promise<Telling> {
  const { plan } = telling;
  const plainer: readonly Partial<Plan>[] = [
    { clocks: plan.clocks.map(() => 0) },
    { blocked: false },
    { budget: undefined },
  ];
  let told = telling;
  for (const change of plainer) {
    const candidate = { ...told, plan: { ...told.plan, ...change } };
    if (await fails(candidate)) told = candidate;
  }
  return told;
}

/** As few of the items as still fail, by leaving out ever smaller stretches of them. */
async function fewest<T>(items: readonly T[], fails: (kept: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length; ) {
      const without = kept.toSpliced(from, size);
      if (await fails(without)) kept = without;
      else from += size;
    }
  }
  return kept;
}
