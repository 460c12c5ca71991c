/**
 * `node test/simulation/run.ts [--profile NAME] [--schedules N] [--from SEED]` runs so many schedules and tells what failed;
 * `--seed N` runs one and prints it as a story, the shortest that fails if it fails; `--whole` prints it all.
 */
import { parseArgs } from 'node:util';
import { judge } from './judge.ts';
import { outages } from './outages.ts';
import { type Profile, profiles } from './profiles.ts';
import { run, scheduleOf, simulate } from './simulate.ts';
import { shortStoryOf, storyOf } from './story.ts';

const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'mid' },
    schedules: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    whole: { type: 'boolean', default: false },
  },
});

const all = [...Object.values(profiles), ...Object.values(outages)];
const profile = profileNamed(values.profile);
if (values.seed === undefined) await many(Number(values.from), Number(values.schedules));
else await one(Number(values.seed));

function profileNamed(wanted: string): Profile {
  const found = all.find(({ name }) => name === wanted);
  if (found === undefined)
    throw new Error(`There is no such profile; there are ${all.map(({ name }) => name).join(', ')}.`);
  return found;
}

async function one(seed: number): Promise<void> {
  const schedule = scheduleOf(seed, profile);
  const violations = judge(await run(schedule));
  const short = violations.length > 0 && !values.whole;
  console.log(short ? await shortStoryOf({ seed, violations }, profile) : await storyOf(schedule));
}

async function many(from: number, schedules: number): Promise<void> {
  const started = performance.now();
  const tally = await simulate({ profile, from, schedules, enough: 20 });
  const { messages, left, unknown, abandoned, failures, schedules: done } = tally;
  const seconds = (performance.now() - started) / 1_000;
  console.log(`${profile.name}: ${done} schedules, ${Math.round(done / seconds)} a second; ${failures.length} failed`);
  const part = ((100 * unknown) / messages).toFixed(2);
  console.log(`${messages} messages, ${part} % unknown, ${abandoned} abandoned; ${left} texts left`);
  for (const { seed, violations } of failures)
    for (const { rule, what } of violations) console.log(`seed ${seed}: ${rule}: ${what}`);
  const [first] = failures;
  if (first !== undefined) console.log(`\n${await shortStoryOf(first, profile)}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
