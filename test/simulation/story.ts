import { judge } from './judge.ts';
import type { Mutant } from './mutant.ts';
import type { Profile } from './profiles.ts';
import { shrunk } from './shrink.ts';
import { type Failure, run, scheduleOf } from './simulate.ts';
import type { Schedule } from './world.ts';

/** A run, line by line: when, who, what; at the end, what did not hold. */
export async function storyOf(schedule: Schedule): Promise<string> {
  const { seed, profile, plan } = schedule;
  const lines = [
    `Seed ${seed}, profile ${profile.name}. Our number is ${plan.service}; clocks are ahead by ${plan.clocks.map(seconds).join(', ')}.`,
  ];
  const ended = await run(schedule, (at, who, what) =>
    lines.push(`${seconds(at).padStart(12)}  ${who.padEnd(10)}  ${what}`),
  );
  const broken = judge(ended).map(({ rule, what }) => `BROKEN: ${rule}: ${what}`);
  return [...lines, ...(broken.length > 0 ? broken : ['Every rule held.'])].join('\n');
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(3)} s`;

/** A failure as a story, made as short as it can be. */
export async function shortStoryOf({ seed }: Failure, profile: Profile, mutant?: Mutant): Promise<string> {
  return storyOf(await shrunk(scheduleOf(seed, profile, mutant)));
}
