import { takeAccount } from '../support/storage.ts';
import type { Disturbance } from './crew.ts';
import type { Effect } from './effect.ts';
import type { Fault } from './faults.ts';
import { faultsIn, outcomeOf } from './judge.ts';
import { callFaults } from './judgeCalls.ts';
import { endsOf, type Scenario } from './scenario.ts';
import { aStage, type Stage } from './stage.ts';
import type { Mutant } from './uses.ts';
import { untroubled, type Wire } from './wire.ts';

/** A fault, and the name of the effect that it befalls. */
export interface Mishap {
  readonly fault: Fault;
  readonly effect: string;
}

export interface Terms {
  readonly account: string;
  readonly mutant?: Mutant | undefined;
  readonly mishap?: Mishap | undefined;
}

export interface Ran {
  /** What the worker that was to be disturbed asked for. */
  readonly effects: readonly Effect[];
  /** What does not hold. */
  readonly wrong: readonly string[];
  readonly story: readonly string[];
}

/** Milliseconds of real time that a worker waits where nobody answers, and of the world's that this stands for. */
const shortPatience = 100;
const longPatience = 8_000;

function disturbanceOf({ fault, effect }: Mishap, { time }: Stage): Disturbance {
  return {
    maxRetries: fault.clients === 'repeat' ? 3 : 0,
    ...(fault.silent && { patience: shortPatience }),
    treat(asked) {
      if (asked.name !== effect) return untroubled;
      if (fault.silent) time.skip(longPatience);
      return fault.treatment(asked);
    },
  };
}

/** Plays a scenario to its end, and judges it. */
export async function play(scenario: Scenario, { account, mutant, mishap }: Terms): Promise<Ran> {
  const stage = await aStage({ account: scenario.fresh ? takeAccount() : account, mutant });
  try {
    await scenario.before?.(stage);
    const wires: Wire[] = [];
    const disturbance = mishap ? disturbanceOf(mishap, stage) : { treat: () => untroubled };
    stage.crew.disturb({ ...disturbance, of: scenario.of, opened: (wire) => void wires.push(wire) });
    await scenario.act(stage);
    const most = scenario.repeats || mishap ? 2 : 1;
    const wrong = [...(await judged(scenario, stage, most))];
    if (mishap === undefined || mishap.fault.toldAgain) wrong.push(...(await toldAgain(scenario, stage, most)));
    return { effects: wires.flatMap(({ seen }) => seen.map(({ effect }) => effect)), wrong, story: stage.crew.story };
  } finally {
    await stage.close();
  }
}

/** Every event comes once more, and nothing may come of it. */
async function toldAgain(scenario: Scenario, stage: Stage, most: number): Promise<readonly string[]> {
  stage.grid.again();
  return (await judged(scenario, stage, most)).map((what) => `told again, ${what}`);
}

/** What does not hold once all is quiet. `most`: how often a command of a call may be carried out. */
export async function judged({ ends, wrong }: Scenario, stage: Stage, most: number): Promise<readonly string[]> {
  await stage.time.rest();
  await readInbox(stage);
  const outcome = await outcomeOf(stage);
  const stands = endsOf(outcome);
  return [
    ...faultsIn(outcome),
    ...(await callFaults(outcome, stage, most)),
    ...(ends.includes(stands) ? [] : [`it ends with ${JSON.stringify(stands)}, not ${JSON.stringify(ends)}`]),
    ...((await wrong?.(outcome, stage)) ?? []),
  ];
}

/** Who reads a row that stands in the wrong place puts it right. */
const readInbox = ({ crew, service }: Stage) =>
  crew.call({
    label: 'read the inbox',
    use: 'listConversations',
    act: (services, uses) => uses.listConversations({ service, size: 50 }, services),
  });
