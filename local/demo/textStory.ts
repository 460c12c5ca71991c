import type { World } from '../world.ts';
import { type Agent, anAgent, type SeenConversation, type SeenEntry } from './agent.ts';
import { eventually, expectSame, type Step } from './story.ts';

const tollFree = '+18005550100';
const local = '+14255550100';
const ada = '+14255550111';
const bob = '+14255550122';

/** A text and its reply, an agent, STOP and START, and a text that does not arrive. */
export function textStory(world: World): readonly Step[] {
  const { acs, eventGrid, dials } = world;
  let agent: Agent;

  const sentTo = (subscriber: string) => acs.carrier.sent({ to: subscriber }).map(({ message }) => message);
  const conversation = (subscriber: string, service: string) =>
    eventually(`the conversation with ${subscriber}`, () => agent.conversationWith(subscriber, service));
  const latest = (seen: SeenConversation, status: string): Promise<SeenEntry> =>
    eventually(`the latest message to be ${status}`, async () => {
      const [entry] = await agent.entries(seen);
      return entry?.status === status ? entry : undefined;
    });
  const answered = (subscriber: string, count: number) =>
    eventually(`text ${count} to ${subscriber}`, () => sentTo(subscriber)[count - 1]);

  return [
    {
      title: `Ada (${ada}) texts the toll-free number and is answered`,
      async run() {
        agent = await anAgent(world);
        await acs.carrier.text(ada, tollFree, 'hours');
        const reply = await answered(ada, 1);
        const entry = await latest(await conversation(ada, tollFree), 'delivered');
        expectSame('the entry on the timeline', entry.text, reply);
        return [`Ada:  hours`, `Bot:  ${indented(reply)}`, 'delivered'];
      },
    },
    {
      title: 'Event Grid delivers the same text twice more; she gets no second answer',
      async run() {
        const [first] = eventGrid.events();
        for (let n = 0; n < 2; n++) eventGrid.redeliver(first?.event.id ?? '');
        await world.settled();
        expectSame('the number of texts to Ada', sentTo(ada).length, 1);
        return [`deliveries of the event: ${eventGrid.events()[0]?.deliveries[0]?.attempts.length}, texts to Ada: 1`];
      },
    },
    {
      title: 'An agent reads the conversation and answers; a repeated request sends nothing more',
      async run() {
        const seen = await conversation(ada, tollFree);
        expectSame('unread', seen.unread, true);
        await agent.send(seen, 'Shall we keep a loaf for you?', 'demo-1');
        await agent.send(seen, 'Shall we keep a loaf for you?', 'demo-1');
        await latest(seen, 'delivered');
        expectSame('the number of texts to Ada', sentTo(ada).length, 2);
        return ['Agent: Shall we keep a loaf for you?', 'delivered, once'];
      },
    },
    {
      title: 'While the agent has the conversation, the bot keeps quiet',
      async run() {
        await acs.carrier.text(ada, tollFree, 'yes please, a rye');
        await eventually('her text', async () =>
          (await agent.entries(await conversation(ada, tollFree))).find(({ text }) => text.includes('rye')),
        );
        await world.settled();
        expectSame('the number of texts to Ada', sentTo(ada).length, 2);
        return ['Ada:  yes please, a rye'];
      },
    },
    {
      title: `Bob (${bob}) texts STOP to the local number: one confirmation, then nothing`,
      async run() {
        await acs.carrier.text(bob, local, 'STOP');
        const confirmation = await answered(bob, 1);
        const seen = await conversation(bob, local);
        expectSame('his consent', seen.consent, 'revoked');
        const { status, body } = await agent.send(seen, 'Are you sure?', 'demo-2');
        expectSame('the answer to an agent who writes to him', status, 409);
        return [
          'Bob:  STOP',
          `Bot:  ${indented(confirmation)}`,
          `Agent is refused: ${(body as { detail: string }).detail}`,
        ];
      },
    },
    {
      title: 'Bob texts START and is welcome again',
      async run() {
        await acs.carrier.text(bob, local, 'START');
        const welcome = await answered(bob, 2);
        expectSame('his consent', (await conversation(bob, local)).consent, 'given');
        return ['Bob:  START', `Bot:  ${indented(welcome)}`];
      },
    },
    {
      title: 'A text that the carrier cannot deliver is shown as failed, with the reason',
      async run() {
        dials.change({ sms: { reportFailed: { probability: 1 } } });
        const seen = await conversation(bob, local);
        await agent.send(seen, 'Your order is ready.', 'demo-3');
        const entry = await latest(seen, 'failed');
        return ['Agent: Your order is ready.', `failed: ${entry.reason}`];
      },
    },
  ];
}

const indented = (text: string): string => text.replaceAll('\n', '\n          ');
