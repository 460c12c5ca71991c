import { droppedBlobs } from '../../shared/adapters/storage/droppedBlobs.ts';
import type { Ticks } from '../../shared/core/time.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { untroubled } from './wire.ts';

const second = 1_000;
const agent = 'ada';

/** The next worker, or the next whose label begins so, dies before it does this. */
export const nextDiesBefore = ({ crew }: Stage, effect: string, of?: string) =>
  crew.disturb({ of, treat: ({ name }) => (name === effect ? { carried: false, heard: 'dies' } : untroubled) });

export async function texted(stage: Stage, message: string): Promise<void> {
  await stage.text(message);
  await stage.time.advance(second);
}

/** A reply that the provider has refused for now, with its wake armed. */
async function refusedForNow(stage: Stage): Promise<void> {
  stage.dials.change({ sms: { status429: 1 } });
  await texted(stage, 'hi');
  stage.dials.change({ sms: { status429: 0 } });
}

/** A reply whose worker died when it was about to send it. */
async function diedSending(stage: Stage): Promise<void> {
  nextDiesBefore(stage, 'POST /sms');
  await texted(stage, 'hi');
}

export function send({ ask, service, subscriber }: Stage, text = 'note', key = 'key'): void {
  const request = { service, subscriber, text, agent, idempotencyKey: key };
  ask({ label: `send “${text}”`, use: 'sendSms', act: (services, uses) => uses.sendSms(request, services) });
}

function takeOver({ ask, conversation }: Stage): void {
  const request = { conversation, agent, update: { mode: 'agent' } } as const;
  const label = 'take over';
  ask({ label, use: 'updateConversation', act: (services, uses) => uses.updateConversation(request, services) });
}

export function erase({ ask, conversation, eyes: { ledger } }: Stage): void {
  ask({
    label: 'erase',
    use: 'eraseConversation',
    act: (services, uses) => uses.eraseConversation(conversation, agent, services),
    told: (erasedAt: Ticks) => ledger.erasures.push(erasedAt),
  });
}

/** Presses "send anew" on the first message, as it was seen before anybody did. */
export function resend({ ask, conversation, eyes: { ledger } }: Stage): void {
  const [key] = [...ledger.made.keys()];
  const request = { conversation, entry: key!, number: 0, agent };
  ask({ label: 'resend', use: 'resendSms', act: (services, uses) => uses.resendSms(request, services) });
}

/** A reply of which the carrier says that it did not arrive. */
export async function undelivered(stage: Stage): Promise<void> {
  stage.dials.change({ sms: { reportFailed: { probability: 1, details: 'Handset unreachable.' } } });
  await texted(stage, 'hi');
  await stage.time.rest();
  stage.dials.change({ sms: { reportFailed: null } });
}

/** A conversation with a reply and an agent's message, and two texts that are still on their way when it is erased. */
async function aboutToBeErased(stage: Stage): Promise<void> {
  await texted(stage, 'hi');
  send(stage);
  await stage.time.advance(second);
  stage.grid.holding = true;
  await texted(stage, 'late');
  await texted(stage, 'STOP');
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a text and its reply',
    act: ({ text }) => text('hi'),
    ends: ['b delivered 1'],
  },
  {
    name: 'the first text of all, in an empty account',
    act: ({ text }) => text('hi'),
    ends: ['b delivered 1'],
    fresh: true,
  },
  {
    name: 'a reply, and STOP before it is taken up again',
    async act(stage) {
      await texted(stage, 'hi');
      await texted(stage, 'STOP');
    },
    ends: [
      'b delivered 1, s delivered 1',
      'b failed 0, s delivered 1',
      'b unknown 0, s delivered 1',
      // STOP was there first.
      's delivered 1',
    ],
  },
  {
    name: 'STOP while a reply waits for its wake',
    before: refusedForNow,
    act: ({ text }) => text('STOP'),
    ends: ['b failed 0, s delivered 1', 'b delivered 1, s delivered 1'],
  },
  {
    name: 'a text that is delivered again after its worker died sending',
    before: diedSending,
    act: async () => {},
    ends: ['b delivered 1'],
  },
  {
    name: 'an agent’s message, asked for with a key until it is told of',
    act: async (stage) => send(stage),
    ends: ['note delivered 1'],
  },
  {
    name: 'a delivery report after the mark',
    before(stage) {
      stage.dials.change({ sms: { reportDelayMs: 5 * second } });
      return texted(stage, 'hi');
    },
    act: async () => {},
    ends: ['b delivered 1'],
  },
  {
    name: 'a delivery report before the mark',
    before(stage) {
      stage.dials.change({ sms: { reportDelayMs: 5 * second } });
      nextDiesBefore(stage, 'conversations: merge e');
      return texted(stage, 'hi');
    },
    act: async () => {},
    ends: ['b delivered 1'],
  },
  {
    name: 'a report that teaches an opt-out',
    before(stage) {
      const reportFailed = { probability: 1, details: 'Sender blocked for given recipient.' };
      stage.dials.change({ sms: { reportDelayMs: 5 * second, reportFailed } });
      return texted(stage, 'hi');
    },
    act: async () => {},
    ends: ['b failed 1'],
    wrong: ({ head }) => (head?.stopAt === undefined ? ['the opt-out is not there'] : []),
  },
  {
    name: 'an agent takes over a reply that nobody is sending any more',
    before: diedSending,
    act: async (stage) => takeOver(stage),
    ends: ['b unknown 0', 'b delivered 1'],
  },
  {
    name: 'an agent takes over while a reply is being resumed',
    async before(stage) {
      await diedSending(stage);
      await stage.time.advance(10 * second);
    },
    async act(stage) {
      await stage.time.advance(26 * second);
      takeOver(stage);
    },
    ends: ['b delivered 1', 'b unknown 0'],
  },
  {
    name: 'an erase, with texts on their way',
    before: aboutToBeErased,
    async act(stage) {
      erase(stage);
      await stage.time.advance(200 * second);
      for (const event of stage.grid.release()) stage.grid.begin(event);
      send(stage);
    },
    ends: [''],
    wrong: ({ head, rows, departed }) => [
      ...(head?.stopAt === undefined ? ['the late STOP does not count'] : []),
      ...rows.filter(({ row }) => !/^(head|c)/.test(row)).map(({ row }) => `${row} is left`),
      ...(departed.length === 2 ? [] : [`${departed.length} left`]),
    ],
  },
  {
    name: 'a message sent anew by hand',
    before: undelivered,
    act: async (stage) => resend(stage),
    ends: ['b failed 1, b delivered 1'],
  },
  {
    name: 'a wake that sends a reply on',
    before: refusedForNow,
    act: async () => {},
    ends: ['b delivered 1'],
  },
  {
    name: 'a wake that failed too often',
    async before(stage) {
      await refusedForNow(stage);
      const fails = { treat: () => ({ carried: false, heard: 'reset' }) as const, maxRetries: 0 };
      stage.crew.disturb(fails, fails, fails, fails, fails);
      await stage.time.advance(130 * second);
    },
    act: async () => {},
    ends: ['b failed 0'],
  },
  {
    name: 'an event of somebody else’s topic',
    act: async ({ grid }) => void grid.publish(foreign()),
    ends: [''],
    async wrong(_, { grid, time, account }) {
      const kept = await droppedBlobs({ connectionString: account, clock: time }).list(1_000);
      const its = kept.items.filter(({ event }) => (event as { id?: unknown }).id === grid.published[0]?.id);
      return its.length === 1 ? [] : [`it is kept ${its.length} times`];
    },
  },
];

let foreigners = 0;

const foreign = () => ({
  id: `foreign${foreigners++}`,
  subject: '/phonenumber/14255550100',
  eventType: 'Microsoft.Communication.SMSReceived',
  eventTime: '2026-11-24T02:00:00.0000000Z',
  dataVersion: '1.0',
  data: {},
  topic: '/subscriptions/other',
});
