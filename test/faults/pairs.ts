import { accounts } from './accounts.ts';
import { gate, type Step } from './gate.ts';
import { type Choose, everyInterleaving } from './interleavings.ts';
import type { Failure } from './matrix.ts';
import { judged } from './run.ts';
import type { Scenario } from './scenario.ts';
import { erase, resend, send, texted, undelivered } from './scenarios.ts';
import { aStage, type Stage } from './stage.ts';
import type { Mutant } from './uses.ts';

/** Two workers at once: `act` has them called, the first first. */
export interface Pair extends Scenario {
  /** What else happens once a request was carried out. */
  readonly after?: (step: Step, stage: Stage) => void;
  /** No more interleavings than this are walked: it has too many. */
  readonly most?: number;
  /** Both do the same: what begins with the second is the mirror of what begins with the first. */
  readonly alike?: true;
}

/** Begins to deliver the events that were held, to a worker each. */
function deliverHeld({ grid }: Stage, times = 1): void {
  const events = grid.release();
  for (let n = 0; n < times; n++) for (const event of events) grid.begin(event);
}

async function heldTexts(stage: Stage, ...messages: readonly string[]): Promise<void> {
  stage.grid.holding = true;
  for (const message of messages) await stage.text(message);
}

/** A report of an opt-out, held back, about a text that left a while ago; and a text beside it. */
async function reportAndText(stage: Stage): Promise<void> {
  const reportFailed = { probability: 1, details: 'Sender blocked for given recipient.' };
  stage.dials.change({ sms: { reportDelayMs: 5_000, reportFailed } });
  await texted(stage, 'hi');
  stage.grid.holding = true;
  stage.dials.change({ sms: { reportFailed: null } });
  await stage.time.advance(10_000);
  await stage.text('hello');
}

export const pairs: readonly Pair[] = [
  {
    name: 'the same event twice',
    before: (stage) => heldTexts(stage, 'hi'),
    act: async (stage) => deliverHeld(stage, 2),
    alike: true,
    ends: ['b delivered 1'],
  },
  {
    name: 'a text and STOP',
    before: (stage) => heldTexts(stage, 'hi', 'STOP'),
    act: async (stage) => deliverHeld(stage),
    ends: ['b delivered 1, s delivered 1', 's delivered 1'],
  },
  {
    name: 'a text and the report of its reply',
    before: (stage) => heldTexts(stage, 'hi'),
    async act(stage) {
      deliverHeld(stage);
      stage.grid.holding = true;
      stage.time.start(() => stage.grid.arrived().then(() => deliverHeld(stage)));
    },
    after: ({ name }, { time }) => (name === 'A: POST /sms' ? time.step() : undefined),
    ends: ['b delivered 1'],
  },
  {
    name: 'a text and a report that teaches an opt-out',
    before: reportAndText,
    act: async (stage) => deliverHeld(stage),
    ends: ['b failed 1', 'b failed 1, b delivered 1'],
  },
  {
    name: 'the same request with the same key twice',
    async act(stage) {
      send(stage);
      send(stage);
    },
    alike: true,
    ends: ['note delivered 1'],
  },
  {
    name: 'two clicks on “send anew”',
    before: undelivered,
    async act(stage) {
      resend(stage);
      resend(stage);
    },
    alike: true,
    ends: ['b failed 1, b delivered 1'],
  },
  {
    name: 'an erase and a text from before it',
    async before(stage) {
      await texted(stage, 'hi');
      await heldTexts(stage, 'old');
    },
    async act(stage) {
      erase(stage);
      deliverHeld(stage);
    },
    ends: [''],
  },
  {
    name: 'an erase and a text from after it',
    async before(stage) {
      await texted(stage, 'hi');
      // By the service's clock, which is ahead of ours.
      stage.time.skip(1_000);
      await heldTexts(stage, 'new');
      stage.time.skip(-1_000);
    },
    async act(stage) {
      erase(stage);
      deliverHeld(stage);
    },
    ends: ['', 'b delivered 1'],
    most: 60,
  },
];

export interface Walked {
  readonly walked: number;
  readonly failures: readonly Failure[];
}

/** Walks all interleavings of a pair's effects, or `most` of them. Ends early where a mutant was noticed. */
export async function walk(pair: Pair, mutant?: Mutant): Promise<Walked> {
  const failures: Failure[] = [];
  const account = accounts();
  const enough = () => mutant !== undefined && failures.length > 0;
  const run = async (choose: Choose) => {
    if (enough()) return 'cut';
    const played = await playPair(pair, { account: await account(), mutant, choose });
    if (played.wrong.length > 0) failures.push({ where: `${pair.name}: ${played.steps.join('; ')}`, ran: played });
    return played.ending;
  };
  return { walked: await everyInterleaving(run, { most: pair.most, enough }), failures };
}

interface Playing {
  readonly account: string;
  readonly mutant: Mutant | undefined;
  readonly choose: Choose;
}

async function playPair(pair: Pair, { account, mutant, choose }: Playing) {
  const stage = await aStage({ account, mutant });
  const held = gate(['A', 'B']);
  const steps: string[] = [];
  const end = (ending: 'ended' | 'cut', wrong: readonly string[]) => ({
    ending,
    wrong,
    steps,
    story: stage.crew.story,
    effects: [],
  });
  try {
    await pair.before?.(stage);
    stage.crew.disturb(...held.disturbances);
    await pair.act(stage);
    for (let asked = await held.quiet(); asked !== undefined; asked = await held.quiet()) {
      const mirrored = pair.alike && steps.length === 0;
      const step = choose(mirrored ? asked.filter(({ name }) => name.startsWith('A')) : asked);
      if (step === undefined) return end('cut', []);
      steps.push(step.name);
      held.open(step);
      if (pair.after === undefined) continue;
      await held.quiet();
      pair.after(step, stage);
    }
    stage.door.release();
    return end('ended', await judged(pair, stage, pair.repeats ? 2 : 1));
  } finally {
    held.close();
    await stage.close();
  }
}
