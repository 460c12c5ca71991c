import type { World } from '../world.ts';
import { type Agent, anAgent, type SeenCall } from './agent.ts';
import { eventually, expectSame, type Step } from './story.ts';
import { type Caller, call } from './telephone.ts';

const service = '+14255550100';
const cleo = '+14255550133';
const dan = '+14255550144';

/** Milliseconds for which Dan speaks: as long as is said on the timeline, which tells whole seconds. */
const spoken = 2_000;

/** A call that asks for a link, and one that leaves a message. What the bot says takes no time. */
export async function callStory(world: World): Promise<readonly Step[]> {
  const stage = { world, agent: await anAgent(world) };
  return [
    { title: `Cleo (${cleo}) calls, presses a key and has the address as a text`, run: () => asksForLink(stage) },
    { title: `Dan (${dan}) calls and leaves a message; an agent finds it on the timeline`, run: () => speaks(stage) },
  ];
}

interface Stage {
  readonly world: World;
  readonly agent: Agent;
}

async function asksForLink(stage: Stage): Promise<readonly string[]> {
  const { world } = stage;
  const line = await rings(stage, cleo);
  const asked = await bot(line);
  await line.press('one');
  const answered = await bot(line);
  expectSame('the call', await line.state(), 'ended');
  const text = await eventually('a text to Cleo', () => world.acs.carrier.sent({ to: cleo })[0]);
  const { outcome, steps } = await onTimeline(stage, cleo, ({ outcome }) => outcome !== undefined);
  expectSame('what became of the call', outcome, 'answered');
  expectSame('what she chose', steps[0]?.heard, '1');
  return [...asked, 'Cleo: presses 1', ...answered, `Text: ${text.message}`, `on the timeline: ${outcome}`];
}

async function speaks(stage: Stage): Promise<readonly string[]> {
  const line = await rings(stage, dan);
  const asked = await bot(line);
  await line.press('two');
  const told = await bot(line);
  await new Promise((said) => setTimeout(said, spoken));
  await line.press('pound');
  const thanked = await bot(line);
  const { outcome, recording } = await onTimeline(stage, dan, ({ recording }) => recording !== undefined);
  expectSame('what became of the call', outcome, 'voicemail');
  const seconds = recording?.seconds ?? 0;
  if (seconds < spoken / 1_000) throw new Error(`Of ${spoken / 1_000} s of speech ${seconds} s were recorded.`);
  const said = ['Dan:  speaks, and presses #', ...thanked, `on the timeline: ${outcome}, ${seconds} s`];
  return [...asked, 'Dan:  presses 2', ...told, ...said];
}

function rings({ world }: Stage, from: string): Promise<Caller> {
  world.dials.change({ calls: { promptScale: 0 } });
  return call(world, from, service);
}

const bot = async (line: Caller): Promise<readonly string[]> => (await line.heard()).map((words) => `Bot:  ${words}`);

/** The latest call of somebody, once it is as it should be. */
const onTimeline = ({ agent }: Stage, subscriber: string, is: (seen: SeenCall) => boolean): Promise<SeenCall> =>
  eventually(`the call of ${subscriber} on the timeline`, async () => {
    const seen = await agent.conversationWith(subscriber, service);
    const latest = seen && (await agent.calls(seen))[0];
    return latest !== undefined && is(latest) ? latest : undefined;
  });
