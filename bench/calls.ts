import type { Caller } from '../local/demo/telephone.ts';
import type { Arena } from './arena.ts';
import { type CallStage, openCallStage } from './callStage.ts';
import { callers, type Sizes } from './options.ts';
import type { Progress } from './progress.ts';
import { answered } from './sides.ts';
import { median, percentile } from './statistics.ts';
import { atMost, milliseconds, type Row } from './table.ts';

/** The longest that a caller should hear it ring on our account, milliseconds. */
const longestRing = 2_000;
/** Callbacks of one call that a command follows: connected → menu; key → goodbye; said → hang up. */
const commands = 3;

/** Calls that press a key for a link by text: from what is told of them to the next command, against the bare SDK. */
export async function measureCalls(arena: Arena, sizes: Sizes, progress: Progress): Promise<readonly Row[]> {
  arena.world.dials.change({ calls: { promptScale: 0, handsetMs: 0 } });
  const stage = await openCallStage(arena);
  const take = (plan: Plan) => answered(arena, plan.rounds * plan.atOnce, () => takeTurns(stage, plan, progress));
  await take({ part: 'calls, to warm up', rounds: 5, atOnce: 4 });
  const single = await take({ part: 'one call at a time', rounds: sizes.calls, atOnce: 1 });
  const crowd = await take({ part: `${callers} calls at once`, rounds: sizes.callCrowds, atOnce: callers });
  await stage.close();
  arena.world.dials.change({ calls: null });
  return [ringRow(single.rings), ...commandRows('one call at a time', single), ...crowdRows(crowd)];
}

interface Plan {
  readonly part: string;
  readonly rounds: number;
  readonly atOnce: number;
}

/** Milliseconds. */
interface Course {
  /** From the handset to the answer. */
  readonly rings: readonly number[];
  readonly app: readonly number[];
  readonly floor: readonly number[];
  /** Of the app, from the first ring to the last that has hung up and has its text. */
  readonly rounds: readonly number[];
}

/** As texts do: by turns, and by turns first. */
async function takeTurns(
  { wire, ...sides }: CallStage,
  { part, rounds, atOnce }: Plan,
  progress: Progress,
): Promise<Course> {
  const course = { rings: [] as number[], app: [] as number[], floor: [] as number[], rounds: [] as number[] };
  const turns = ['app', 'floor'] as const;
  for (let round = 1; round <= rounds; round++) {
    for (const side of round % 2 === 0 ? turns : turns.toReversed()) {
      const began = performance.now();
      await playOut(await sides[side](atOnce));
      if (side === 'app') {
        course.rings.push(wire.answeredAt() - began);
        course.rounds.push(performance.now() - began);
      }
      course[side].push(...allOf(wire.taken(side), atOnce));
    }
    progress(part, round, rounds);
  }
  return course;
}

async function playOut(lines: readonly Caller[]): Promise<void> {
  await Promise.all(lines.map((line) => line.press('one')));
  const states = await Promise.all(lines.map((line) => line.state()));
  const left = states.filter((state) => state !== 'ended').length;
  if (left > 0) throw new Error(`Of ${lines.length} calls, ${left} did not come to their end.`);
}

function allOf(durations: readonly number[], calls: number): readonly number[] {
  if (durations.length === calls * commands) return durations;
  throw new Error(`${calls} calls were given ${durations.length} commands, and not ${calls * commands}.`);
}

function ringRow(rings: readonly number[]): Row {
  const slow = percentile(rings, 95);
  const measured = `p50 ${milliseconds(median(rings))}, p95 ${milliseconds(slow)}`;
  return {
    what: 'a ring → the order to answer at ACS, warm',
    aim: `≤ ${milliseconds(longestRing)}`,
    measured,
    met: slow <= longestRing,
  };
}

const commandRows = (what: string, { app, floor }: Course): readonly Row[] =>
  [50, 95].map((percent) =>
    atMost({
      what: `callback → next command at ACS, p${percent} (${what}), against the bare SDK call`,
      app: percentile(app, percent),
      floor: percentile(floor, percent),
      show: milliseconds,
    }),
  );

const crowdRows = (course: Course): readonly Row[] => [
  ...commandRows(`${callers} calls at once`, course),
  {
    what: `${callers} calls at once: from the first ring until all have chosen, been texted and hung up`,
    measured: milliseconds(median(course.rounds)),
  },
];
