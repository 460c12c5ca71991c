import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { isFinished, statusOf } from '../../shared/conversations/status.ts';
import { factsOf } from '../../shared/sms/numberPlan.ts';
import { subscriber } from '../support/smsValues.ts';
import { judge, type Violation } from './judge.ts';
import type { Mutant } from './mutant.ts';
import { outcomeOf } from './outcome.ts';
import { planOf } from './plan.ts';
import type { Profile } from './profiles.ts';
import { chancy } from './weather.ts';
import { type Schedule, type World, world } from './world.ts';

/** The schedule of a seed: everything in it follows from the seed and the profile. */
export const scheduleOf = (seed: number, profile: Profile, mutant?: Mutant): Schedule => ({
  seed,
  profile,
  plan: planOf(seed, profile),
  weather: chancy(profile),
  mutant,
});

/** The plans of the world's numbers load when first wanted, in real time: a run that met that would not be like its second. */
const loaded = (): Promise<unknown> => factsOf(subscriber);

/** Lets all promises that can go on go on: nothing here waits for anything but the agenda. */
const promises = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs one schedule to its end. */
export async function run(schedule: Schedule, listener?: Parameters<typeof world>[1]): Promise<World> {
  await loaded();
  const running = world(schedule, listener);
  while (running.step()) await promises();
  return running;
}

/** What became of many runs. */
export interface Tally {
  readonly schedules: number;
  readonly messages: number;
  /** Texts that the carrier got. */
  readonly left: number;
  /** Messages of which nobody can tell whether they have left. */
  readonly unknown: number;
  /** Of both, what answers a text. */
  readonly replies: number;
  readonly unknownReplies: number;
  /** Messages left as they were because the host gave up settling them. */
  readonly abandoned: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

export interface Series {
  readonly profile: Profile;
  /** The first seed, and how many. */
  readonly from: number;
  readonly schedules: number;
  readonly mutant?: Mutant | undefined;
  /** Ends once so many have failed. */
  readonly enough?: number;
}

/** So many are run side by side, a step each, that waiting for promises costs little; more would not fit into a cache. */
const abreast = 8;
/** Longer than the longest run by far: one that goes on goes on for ever. */
const mostSteps = 50_000;

/** Runs the schedules of a row of seeds. */
export async function simulate({ profile, from, schedules, mutant, enough = 1_000 }: Series): Promise<Tally> {
  await loaded();
  const tally: Counting = { ...nothing, failures: [] };
  let next = from;
  const begin = () => {
    const more = next < from + schedules && tally.failures.length < enough;
    return more ? { running: world(scheduleOf(next++, profile, mutant)), steps: 0 } : undefined;
  };
  const lanes = Array.from({ length: abreast }, begin);
  while (lanes.some((lane) => lane !== undefined)) {
    for (const [n, lane] of lanes.entries()) {
      if (lane === undefined || (lane.running.step() && ++lane.steps < mostSteps)) continue;
      count(lane.running, lane.steps, tally);
      lanes[n] = begin();
    }
    await promises();
  }
  return tally;
}

const nothing = { schedules: 0, messages: 0, left: 0, unknown: 0, replies: 0, unknownReplies: 0, abandoned: 0 };

type Counting = { -readonly [Name in keyof Tally]: Tally[Name] } & { readonly failures: Failure[] };

function count(ended: World, steps: number, tally: Counting): void {
  const { outbound } = outcomeOf(ended);
  const { left, abandoned } = ended.ledger;
  tally.schedules += 1;
  tally.messages += outbound.length;
  tally.left += left.length;
  const unknown = outbound.filter((message) => statusOf(message) === 'unknown');
  tally.unknown += unknown.length;
  tally.replies += outbound.filter(isReply).length;
  tally.unknownReplies += unknown.filter(isReply).length;
  tally.abandoned += outbound.filter((message) => !isFinished(message) && abandoned.has(message.key)).length;
  const violations = judge(ended);
  if (steps >= mostSteps) tally.failures.push(failureOf(ended, [{ rule: 'a run comes to rest', what: 'it does not' }]));
  else if (violations.length > 0) tally.failures.push(failureOf(ended, violations));
}

const isReply = ({ replyTo }: OutboundMessage): boolean => replyTo !== undefined;

const failureOf = ({ schedule: { seed } }: World, violations: readonly Violation[]): Failure => ({ seed, violations });
