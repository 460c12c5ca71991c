import { childOf } from './dice.ts';
import { judge } from './judge.ts';
import type { Mutant } from './mutant.ts';
import type { Happening, Plan } from './plan.ts';
import type { Profile } from './profiles.ts';
import { run } from './simulate.ts';
import type { Trouble } from './troubles.ts';
import type { Moment, Weather } from './weather.ts';
import type { Schedule } from './world.ts';

type Kind = Trouble['kind'];

/** A trouble that comes the first time (or the first few) that what is done is called so, such as `text 1 “hi”: send`. */
export interface Twist {
  readonly at: RegExp;
  readonly kind: Kind;
  readonly ms?: number;
  readonly times?: number;
}

/** A happening as a story tells it, without its id. */
export type Told = Happening extends infer One ? (One extends Happening ? Omit<One, 'id'> : never) : never;

/** A run that is told in advance, all but how long each request takes on its way. */
export interface Story {
  readonly happenings: readonly Told[];
  readonly twists: readonly Twist[];
  readonly profile: Profile;
  readonly plan?: Partial<Omit<Plan, 'happenings'>>;
}

/** The rules that break in a story, over so many ways in which its requests can take their time. */
export async function brokenIn(story: Story, plan: Plan, mutant?: Mutant, ways = 20): Promise<ReadonlySet<string>> {
  const broken = new Set<string>();
  for (let seed = 1; seed <= ways; seed++) {
    for (const { rule } of judge(await run(scheduleOf(story, plan, seed, mutant)))) broken.add(rule);
  }
  return broken;
}

const withIds = (told: readonly Told[]): readonly Happening[] =>
  told.map((happening, n) => ({ ...happening, id: childOf(1, n) }) as Happening);

/** A story as a schedule; the seed says how long each request takes. */
const scheduleOf = (story: Story, plan: Plan, seed: number, mutant?: Mutant): Schedule => ({
  seed,
  profile: story.profile,
  plan: { ...plan, ...story.plan, happenings: withIds(story.happenings) },
  weather: asTold(story.twists),
  worded: true,
  mutant,
});

/** Each twist waits for its moment; on the same moment the first listed comes first. */
function asTold(twists: readonly Twist[]): Weather {
  const left = twists.map(({ times = 1 }) => times);
  return <O extends Moment['occasion']>({ label }: Moment<O>) => {
    const n = twists.findIndex(({ at }, index) => (left[index] ?? 0) > 0 && at.test(label));
    const twist = twists[n];
    if (twist === undefined) return undefined;
    left[n] = (left[n] ?? 0) - 1;
    return { kind: twist.kind, ms: twist.ms ?? 0 } as Trouble<O>;
  };
}
