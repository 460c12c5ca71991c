import { expect, test } from 'vitest';
import { conversationIdOf, entryIdOf, entryKeyOf, tagOf } from '../../shared/conversations/keys.ts';
import { asTicks, parseTicks } from '../../shared/core/time.ts';
import { smsDeliveryReport } from '../../shared/events/smsDeliveryReport.ts';
import { smsReceived } from '../../shared/events/smsReceived.ts';
import { readEvent } from '../../shared/events/wireEvent.ts';
import { local, subscriber } from '../support/smsValues.ts';

const topic = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Communication/communicationServices/c';
const received = {
  messageId: 'Incoming_1',
  from: '14255550101',
  to: '14255550100',
  message: 'hours',
  receivedTimestamp: '2026-11-24T02:00:00.32Z',
  segmentCount: 1,
};
const event = (eventType: string, data: unknown, more: object = {}) => ({
  id: 'Incoming_1',
  topic: topic.toLowerCase(),
  subject: '/phonenumber/14255550100',
  eventType,
  dataVersion: '1.0',
  metadataVersion: '1',
  eventTime: '2026-11-24T02:00:02Z',
  data,
  ...more,
});
const texted = (data: unknown, more?: object) =>
  readEvent(smsReceived, event('Microsoft.Communication.SMSReceived', data, more), topic);
const asRead = {
  type: 'ours',
  value: {
    messageId: 'Incoming_1',
    service: local,
    subscriber,
    text: 'hours',
    at: parseTicks('2026-11-24T02:00:00.32Z'),
  },
};

test.each<[string, unknown]>([
  ['numbers without +', received],
  ['numbers with +', { ...received, from: subscriber, to: local }],
  ['fields nobody knows', { ...received, mystery: { a: 1 } }],
  [
    'names in another case',
    Object.fromEntries(Object.entries(received).map(([k, v]) => [k[0]?.toUpperCase() + k.slice(1), v])),
  ],
  ['no message id but the event’s', { ...received, messageId: undefined }],
])('a text is read with %s', (_, data) => {
  const cleaned = JSON.parse(JSON.stringify(data));
  expect(texted(cleaned)).toEqual(asRead);
});

test('a text is read from a cloud event too', () => {
  const cloud = {
    id: 'Incoming_1',
    source: topic,
    specversion: '1.0',
    type: 'Microsoft.Communication.SMSReceived',
    data: received,
  };
  expect(readEvent(smsReceived, cloud, topic)).toEqual(asRead);
});

test('short codes and sender ids are numbers too', () => {
  expect(texted({ ...received, to: '12345' })).toMatchObject({ value: { service: '12345' } });
  expect(texted({ ...received, from: 'Fabrikam' })).toMatchObject({ value: { subscriber: 'Fabrikam' } });
});

test.each<[string, unknown, object | undefined, string, RegExp]>([
  [
    'another type',
    received,
    { eventType: 'Microsoft.Communication.ChatMessageReceived' },
    'ignored',
    /ChatMessageReceived/,
  ],
  ['a foreign topic', received, { topic: '/subscriptions/other' }, 'dropped', /ACS_RESOURCE_ID/],
  ['no topic', received, { topic: undefined }, 'dropped', /ACS_RESOURCE_ID/],
  ['no data', null, undefined, 'dropped', /data/],
  ['a number that is none', { ...received, from: 'call me maybe' }, undefined, 'dropped', /data\.from/],
  ['no time', { ...received, receivedTimestamp: 'yesterday' }, undefined, 'dropped', /data\.receivedTimestamp/],
])('an event with %s is kept or counted, with the reason', (_, data, more, type, reason) => {
  expect(texted(data, more)).toMatchObject({ type, reason: expect.stringMatching(reason) });
});

test.each([undefined, null, 7, 'text', [], {}])('%j is no event, and is kept', (thing) => {
  expect(readEvent(smsReceived, thing, topic).type).toBe('dropped');
});

const conversation = conversationIdOf('key', local, subscriber);
const key = entryKeyOf(asTicks(5n), 'reply', entryIdOf({ type: 'replyTo', messageId: 'm1' }));
const report = {
  messageId: 'Outgoing_1',
  from: '14255550100',
  to: '+14255550101',
  deliveryStatus: 'Delivered',
  deliveryStatusDetails: 'No error.',
  receivedTimestamp: '2026-11-24T02:00:20.2855749Z',
  deliveryAttempts: [{ timestamp: '2026-11-24T02:00:14.9315918Z', segmentsSucceeded: 1, segmentsFailed: 0 }],
  tag: tagOf(conversation, key),
};
const reported = (data: object) =>
  readEvent(smsDeliveryReport, event('Microsoft.Communication.SMSDeliveryReportReceived', data), topic);

test('a delivery report leads to its entry', () => {
  expect(reported(report)).toEqual({
    type: 'ours',
    value: {
      conversation,
      key,
      providerId: 'Outgoing_1',
      delivered: true,
      at: 1_795_485_620_285,
      reason: 'No error.',
      optedOut: false,
    },
  });
});

test('its tag may be written Tag', () => {
  const { tag, ...rest } = report;
  expect(reported({ ...rest, Tag: tag })).toEqual(reported(report));
});

test.each([
  ['Sender blocked for given recipient.', 'Sender blocked for given recipient.', true],
  ['4007', 'The subscriber has opted out (4007).', true],
  ['Error 4006: unreachable.', 'Error 4006: unreachable.', false],
  [' 4006 ', 'The phone could not be reached (4006).', false],
  ['4999', 'The carrier says 4999, a code we do not know.', false],
  [null, 'The carrier did not say why.', false],
])('a failed report that says %j gives the reason %j and tells of an opt-out: %s', (details, reason, optedOut) => {
  const read = reported({ ...report, deliveryStatus: 'Failed', deliveryStatusDetails: details });
  expect(read).toMatchObject({ type: 'ours', value: { delivered: false, reason, optedOut } });
});

test.each([
  ['no tag', { ...report, tag: undefined }],
  ['somebody else’s tag', { ...report, tag: 'order-77' }],
  ['the word that the carrier makes none', { ...report, deliveryStatus: 'Failed', deliveryStatusDetails: '5002' }],
  ['a status nobody knows', { ...report, deliveryStatus: 'Pending' }],
])('a report with %s is not ours to keep', (_, data) => {
  expect(reported(data).type).toBe('ignored');
});
