import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DialSchema, LabApi, WorldCall } from '../../console/src/lab/adminApi.ts';
import { type DialGroup, groupsOf, patchOf, typed } from '../../console/src/lab/dials.ts';
import { deadLettersIn, eventsWith } from '../../console/src/lab/events.ts';
import { isOn, presets, well } from '../../console/src/lab/presets.ts';
import { joined, worldReader } from '../../console/src/lab/readWorld.ts';
import { type Station, type Stored, storyOf, textsIn } from '../../console/src/lab/story.ts';
import { bubblesOf, callOf, subscribersIn, type World } from '../../console/src/lab/world.ts';
import { holdDials } from '../../local/acs/dialsHolder.ts';
import { defaultDials, dialsSchema } from '../../local/dials.ts';

const ada = '+14255550123';
const service = '+14255550100';
const at = (second: number) => `2026-11-24T02:00:0${second}.000Z`;

const received = {
  number: 1,
  publishedAt: at(0),
  event: {
    id: 'Incoming_1',
    eventType: 'Microsoft.Communication.SMSReceived',
    subject: '',
    eventTime: at(0),
    data: { from: ada.slice(1), to: service.slice(1), message: 'hours', receivedTimestamp: at(0) },
  },
  deliveries: [
    {
      subscription: 'smsReceived',
      state: 'delivered' as const,
      attempts: [
        { at: at(1), ms: 30, outcome: 'SocketError' },
        { at: at(2), ms: 40, outcome: 'Delivered', status: 202 },
      ],
    },
  ],
};
const report = {
  number: 2,
  publishedAt: at(4),
  event: {
    id: 'Outgoing_1',
    eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
    subject: '',
    eventTime: at(4),
    data: { messageId: 'Outgoing_1', deliveryStatus: 'Delivered' },
  },
  deliveries: [],
};
const world: World = {
  numbers: [{ number: service, kind: 'long-code' }],
  events: [received, report],
  sent: [
    {
      messageId: 'Outgoing_1',
      from: service,
      to: ada,
      message: 'We are open.',
      status: 'delivered',
      tag: 'conversation.entry-2',
      attempts: 2,
      sentAt: at(3),
    },
  ],
  notices: [{ from: service, to: ada, message: 'NETWORK MSG', sentAt: Date.parse(at(5)) }],
  calls: [],
};

test('a telephone shows what was texted both ways, and what the carrier says by itself', () => {
  expect(bubblesOf(world, ada, service).map(({ mine, text, status }) => [mine, text, status])).toEqual([
    [true, 'hours', 'taken'],
    [false, 'We are open.', 'delivered'],
    [false, 'NETWORK MSG', 'carrier'],
  ]);
  expect(bubblesOf(world, '+14255550199', service)).toEqual([]);
});

test('whoever has texted or been texted has a telephone', () => {
  expect(subscribersIn(world, ['+14255550199'])).toEqual(['+14255550199', ada]);
});

test('no more telephones come by themselves than a page has room for', () => {
  const events = Array.from({ length: 5_000 }, (_, n) => ({
    ...received,
    number: n,
    publishedAt: new Date(n).toISOString(),
    event: { ...received.event, data: { ...received.event.data, from: `1425${5550000 + n}` } },
  }));
  const there = subscribersIn({ ...world, events, sent: [] }, [ada]);
  expect(there).toHaveLength(9);
  expect(there.slice(0, 2)).toEqual([ada, '+14255554999']);
});

test('the call shown is the one that goes on, or else the latest, also to whoever was put through', () => {
  const call = (id: string, who: string, endedAt?: string) =>
    ({ id, from: ada, to: service, participants: [{ who, state: 'connected' }], endedAt }) as unknown as WorldCall;
  const calls = [call('1', ada), call('2', ada, at(1)), call('3', '+14255550199', at(2))];
  expect(callOf({ ...world, calls }, ada)?.id).toBe('1');
  expect(callOf({ ...world, calls: calls.slice(1) }, ada)?.id).toBe('3');
  expect(callOf({ ...world, calls }, '+14255550199')?.id).toBe('3');
  expect(callOf({ ...world, calls }, '+14255550198')).toBeUndefined();
});

const inbound = { id: 'entry-1', at: at(0), direction: 'inbound', text: 'hours' };
const reply = { id: 'entry-2', at: at(0), direction: 'outbound', replyTo: 'entry-1', status: 'delivered' };
const stationsOf = (stored: Stored, of: World = world) =>
  Object.fromEntries(
    storyOf(of, textsIn(of)[0]!, stored).map(({ name, moments, hint }: Station) => [
      name,
      moments.length === 0 ? hint : moments.map(({ what }) => what),
    ]),
  );

test('a story passes event, function, storage, send and report, in this order', () => {
  const story = stationsOf({ entries: [inbound, { ...reply, acceptedAt: at(3) }] });
  expect(Object.entries(story)).toEqual([
    ['Event', ['Event Grid has the text']],
    ['Function', ['smsReceived, attempt 1: SocketError', 'smsReceived, attempt 2: Delivered']],
    ['Storage', ['kept by now, before the function answered', 'its reply is delivered', 'marked accepted']],
    ['Send', ['sent, in 2 requests, +3.00 s']],
    ['Report', ['the carrier reports: Delivered']],
  ]);
});

test.each<readonly [string, Stored, object]>([
  ['unseen', { unseen: 'No role.' }, { Storage: 'No role.', Send: 'Not seen.' }],
  ['not stored', { entries: [] }, { Storage: 'Not on the timeline.' }],
  ['of another time', { entries: [{ ...inbound, at: at(1) }] }, { Storage: 'Not on the timeline.' }],
  ['not answered', { entries: [inbound] }, { Send: 'The app does not answer this text.' }],
  [
    'answered with what was not sent',
    { entries: [inbound, { ...reply, id: 'other', status: 'failed', reason: 'expired' }] },
    { Send: 'Not sent: it is failed, expired.', Report: 'Nothing was sent that could be reported.' },
  ],
])('of a text that is %s the story says so', (_, stored, said) => {
  expect(stationsOf(stored)).toMatchObject(said);
});

test('an event that was given up is among the dead letters until it is delivered', () => {
  const [delivery] = received.deliveries;
  const lost = { ...received, deliveries: [{ ...delivery!, state: 'dead-lettered' as const }] };
  expect(deadLettersIn([received, lost, report])).toEqual([lost]);
  expect(storyOf(world, lost, { entries: [] })[1]?.moments.at(-1)?.what).toBe('smsReceived was given up');
});

test.each([
  ['', [report, received]],
  ['+14255550123', [received]],
  ['deliveryreport', [report]],
  ['HOURS', [received]],
  ['nothing of the kind', []],
])('events are found by %j', (words, found) => {
  expect(eventsWith(world.events, words)).toEqual(found);
});

test('whatever comes anew, in whatever parts, what is joined is what there is', () => {
  const aChange = fc.record({ key: fc.nat(5), value: fc.nat() });
  fc.assert(
    fc.property(fc.array(fc.array(aChange)), (looks) => {
      const all = new Map<number, number>();
      let before: readonly { key: number; value: number }[] = [];
      for (const look of looks) {
        for (const { key, value } of look) all.set(key, value);
        before = joined(before, look, ({ key }) => key);
      }
      expect(new Map(before.map(({ key, value }) => [key, value]))).toEqual(all);
      expect(before).toHaveLength(all.size);
    }),
  );
});

test('a world is read by what is new, one look after the other, and anew when it began anew', async () => {
  const asked: (string | undefined)[] = [];
  const looks = [
    { events: [received], whole: true, cursor: 'a' },
    { events: [], whole: false, cursor: 'a' },
    { events: [report], whole: true, cursor: 'b' },
  ];
  const api = {
    numbers: async () => world.numbers,
    sent: async () => ({ sent: [], notices: [], whole: false, cursor: '' }),
    events: async (since?: string) => {
      asked.push(since);
      return looks[asked.length - 1]!;
    },
    calls: async () => [],
  } as unknown as LabApi;
  const read = worldReader(api);
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => read({ calls: true })));
  expect(asked).toEqual([undefined, 'a', 'a']);
  expect(first?.events).toEqual([received]);
  expect(second).toBe(first);
  expect(third?.events).toEqual([report]);
});

const schema = dialsSchema as unknown as DialSchema;
const dialsOf = (groups: readonly DialGroup[]) => groups.flatMap(({ dials }) => dials);

test('every preset fits the dials of the world and is seen to be on, alone; what puts all back does', () => {
  const world = holdDials();
  for (const preset of presets) {
    world.change(preset.patch);
    const dials = dialsOf(groupsOf(schema, world.get()));
    expect(presets.filter((each) => isOn(each, dials))).toEqual([preset]);
    expect(world.change(well)).toEqual(defaultDials);
  }
});

test('every dial has words, and its value put in its place changes nothing', () => {
  const world = holdDials();
  const dials = dialsOf(groupsOf(schema, world.get()));
  expect(dials.map(({ way }) => way.join('.'))).toEqual(
    expect.arrayContaining(['seed', 'sms.reportFailed.probability', 'calls.callbacks.duplicate', 'eventGrid.batch']),
  );
  for (const { way, words, value } of dials) {
    expect(words, way.join('.')).not.toBe('');
    expect(world.change(patchOf(way, value ?? null))).toEqual(defaultDials);
  }
});

test.each([
  ['number', '0.5', 0.5],
  ['number', '', null],
  ['number', 'often', 'often'],
  ['text', '', ''],
] as const)('of a %s, %j is %j', (kind, text, value) => {
  expect(typed({ kind }, text)).toBe(value);
});
