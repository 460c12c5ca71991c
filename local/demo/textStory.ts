import type { World } from '../world.ts';
import { type Agent, anAgent, type SeenConversation, type SeenEntry } from './agent.ts';
import { eventually, expectSame, type Step } from './story.ts';

const tollFree = '+18005550100';
const local = '+14255550100';
const ada = '+14255550111';
const bob = '+14255550122';

/** A text and its reply, an agent, STOP and START, and a text that does not arrive. */
export async function textStory(world: World): Promise<readonly Step[]> {
  const stage = stageOf(world, await anAgent(world));
  const step = (title: string, play: Scene): Step => ({ title, run: () => play(stage) });
  return [
    step(`Ada (${ada}) texts the toll-free number and is answered`, isAnswered),
    step('Event Grid delivers the same text twice more; she gets no second answer', comesAgain),
    step('An agent reads the conversation and answers; a repeated request sends nothing more', agentAnswers),
    step('While the agent has the conversation, the bot keeps quiet', botKeepsQuiet),
    step(`Bob (${bob}) texts STOP to the local number: one confirmation, then nothing`, stops),
    step('Bob texts START and is welcome again', startsAgain),
    step('A text that the carrier cannot deliver is shown as failed, with the reason', doesNotArrive),
  ];
}

/** What happens in a step, and the lines of the transcript that tell it. */
type Scene = (stage: Stage) => Promise<readonly string[]>;

/** The world with its agent, and ways to look at what has become of a text. */
interface Stage {
  readonly world: World;
  readonly agent: Agent;
  sentTo(subscriber: string): readonly string[];
  /** The text to somebody that is the `count`-th. */
  answered(subscriber: string, count: number): Promise<string>;
  conversation(subscriber: string, service: string): Promise<SeenConversation>;
  /** The latest message, once it has this status. */
  latest(seen: SeenConversation, status: string): Promise<SeenEntry>;
}

function stageOf(world: World, agent: Agent): Stage {
  const sentTo = (subscriber: string) => world.acs.carrier.sent({ to: subscriber }).map(({ message }) => message);
  return {
    world,
    agent,
    sentTo,
    answered: (subscriber, count) => eventually(`text ${count} to ${subscriber}`, () => sentTo(subscriber)[count - 1]),
    conversation: (subscriber, service) =>
      eventually(`the conversation with ${subscriber}`, () => agent.conversationWith(subscriber, service)),
    latest: (seen, status) =>
      eventually(`the latest message to be ${status}`, async () => {
        const [entry] = await agent.entries(seen);
        return entry?.status === status ? entry : undefined;
      }),
  };
}

const isAnswered: Scene = async ({ world, answered, latest, conversation }) => {
  await world.acs.carrier.text(ada, tollFree, 'hours');
  const reply = await answered(ada, 1);
  const entry = await latest(await conversation(ada, tollFree), 'delivered');
  expectSame('the entry on the timeline', entry.text, reply);
  return ['Ada:  hours', `Bot:  ${indented(reply)}`, 'delivered'];
};

const comesAgain: Scene = async ({ world, sentTo }) => {
  const { eventGrid } = world;
  const [first] = eventGrid.events();
  for (let n = 0; n < 2; n++) eventGrid.redeliver(first?.event.id ?? '');
  await world.settled();
  expectSame('the number of texts to Ada', sentTo(ada).length, 1);
  return [`deliveries of the event: ${eventGrid.events()[0]?.deliveries[0]?.attempts.length}, texts to Ada: 1`];
};

const agentAnswers: Scene = async ({ agent, conversation, latest, sentTo }) => {
  const seen = await conversation(ada, tollFree);
  expectSame('unread', seen.unread, true);
  await agent.send(seen, 'Shall we keep a loaf for you?', 'demo-1');
  await agent.send(seen, 'Shall we keep a loaf for you?', 'demo-1');
  await latest(seen, 'delivered');
  expectSame('the number of texts to Ada', sentTo(ada).length, 2);
  return ['Agent: Shall we keep a loaf for you?', 'delivered, once'];
};

const botKeepsQuiet: Scene = async ({ world, agent, conversation, sentTo }) => {
  await world.acs.carrier.text(ada, tollFree, 'yes please, a rye');
  await eventually('her text', async () =>
    (await agent.entries(await conversation(ada, tollFree))).find(({ text }) => text.includes('rye')),
  );
  await world.settled();
  expectSame('the number of texts to Ada', sentTo(ada).length, 2);
  return ['Ada:  yes please, a rye'];
};

const stops: Scene = async ({ world, agent, answered, conversation }) => {
  await world.acs.carrier.text(bob, local, 'STOP');
  const confirmation = await answered(bob, 1);
  const seen = await conversation(bob, local);
  expectSame('his consent', seen.consent, 'revoked');
  const { status, body } = await agent.send(seen, 'Are you sure?', 'demo-2');
  expectSame('the answer to an agent who writes to him', status, 409);
  const { detail } = body as { detail: string };
  return ['Bob:  STOP', `Bot:  ${indented(confirmation)}`, `Agent is refused: ${detail}`];
};

const startsAgain: Scene = async ({ world, answered, conversation }) => {
  await world.acs.carrier.text(bob, local, 'START');
  const welcome = await answered(bob, 2);
  expectSame('his consent', (await conversation(bob, local)).consent, 'given');
  return ['Bob:  START', `Bot:  ${indented(welcome)}`];
};

const doesNotArrive: Scene = async ({ world, agent, conversation, latest }) => {
  world.dials.change({ sms: { reportFailed: { probability: 1 } } });
  const seen = await conversation(bob, local);
  await agent.send(seen, 'Your order is ready.', 'demo-3');
  const entry = await latest(seen, 'failed');
  world.dials.change({ sms: { reportFailed: null } });
  return ['Agent: Your order is ready.', `failed: ${entry.reason}`];
};

const indented = (text: string): string => text.replaceAll('\n', '\n          ');
