import { expect, test } from 'vitest';
import { dialsIn, patchOf, presets } from '../../console/src/lab/presets.ts';
import { storyOf, textsIn } from '../../console/src/lab/story.ts';
import { bubblesOf, callOf, subscribersIn, type World } from '../../console/src/lab/world.ts';
import { holdDials } from '../../local/acs/dialsHolder.ts';

const ada = '+14255550123';
const service = '+14255550100';
const at = (second: number) => `2026-11-24T02:00:0${second}.000Z`;

const received = {
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
    [true, 'hours', undefined],
    [false, 'We are open.', 'delivered'],
    [false, 'NETWORK MSG', 'carrier'],
  ]);
  expect(bubblesOf(world, '+14255550199', service)).toEqual([]);
});

test('whoever has texted or been texted has a telephone', () => {
  expect(subscribersIn(world, ['+14255550199'])).toEqual(['+14255550199', ada]);
});

test('the call shown is the latest of the two', () => {
  const call = (id: string, from: string, to: string) => ({ id, from, to }) as World['calls'][number];
  const calls = [call('1', ada, service), call('2', service, ada), call('3', '+14255550199', service)];
  expect(callOf({ ...world, calls }, ada, service)?.id).toBe('2');
});

test('a story goes from the event to the report, in the order of time', () => {
  const entries = [
    { id: 'entry-1', at: at(0), direction: 'inbound', text: 'hours' },
    { id: 'entry-2', at: at(0), direction: 'outbound', text: 'We are open.', replyTo: 'entry-1', status: 'delivered' },
  ];
  expect(storyOf(world, textsIn(world)[0]!, entries).map(({ what }) => what)).toEqual([
    'Event Grid has the text',
    'stored on the timeline',
    'smsReceived, attempt 1: SocketError',
    'smsReceived, attempt 2: Delivered',
    'sent, in 2 requests, 3.00 s after the text',
    'report: Delivered',
  ]);
});

test('every preset fits the dials of the world, and the first puts all of them back', () => {
  const dials = holdDials();
  const atFirst = JSON.stringify(dials.get());
  for (const { patch } of presets) {
    dials.change(patch);
    dials.change(presets[0]!.patch);
    expect(JSON.stringify(dials.get())).toBe(atFirst);
  }
});

test('a dial is changed by its way through the parts', () => {
  const dials = holdDials();
  const all = dialsIn(dials.get() as unknown as Record<string, unknown>);
  expect(all.map(({ way }) => way.join('.'))).toEqual(
    expect.arrayContaining(['seed', 'sms.lostAnswer', 'calls.callbacks.duplicate', 'switches.tagCase']),
  );
  expect(patchOf(['sms', 'reportFailed', 'probability'], 1)).toEqual({ sms: { reportFailed: { probability: 1 } } });
});
