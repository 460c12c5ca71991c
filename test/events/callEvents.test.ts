import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LegEvent } from '../../shared/calls/completeCall.ts';
import { parseTicks } from '../../shared/core/time.ts';
import { callLifecycle } from '../../shared/events/callLifecycle.ts';
import { incomingCall } from '../../shared/events/incomingCall.ts';
import { recordingReady } from '../../shared/events/recordingReady.ts';
import { type EventReader, readEvent } from '../../shared/events/wireEvent.ts';
import { callEnded, callParticipantAdded, recordingFileStatusUpdated, ringing, topic } from './callPayloads.ts';

/** An event with other fields, and other fields of its data; `undefined` leaves one out, as JSON does. */
const but = (event: object & { data: object }, data: object, around: object = {}) =>
  JSON.parse(JSON.stringify({ ...event, ...around, data: { ...event.data, ...data } }));
const asCloudEvent = ({ eventType: type, eventTime: time, topic: source, ...rest }: typeof ringing) => ({
  ...rest,
  type,
  time,
  source,
  specversion: '1.0',
});
const read = <T>(reader: EventReader<T>, event: unknown) => readEvent(reader, event, topic.toLowerCase());

const ring = {
  service: '+18005550100',
  subscriber: '+14255550101',
  at: parseTicks('2026-11-24T02:01:00.1234567Z'),
  correlationId: 'd732db64-0000-4000-8000-000000000004',
  serverCallId: 'aHR0cDovL2VtdWxhdG9yL2NvbnYvMQ',
  context: 'eyJhbGciOiJub25lIn0.eyJjYyI6ImVtdSJ9.',
};

test.each<[string, unknown, object]>([
  ['as it is documented', ringing, {}],
  ['as a cloud event', asCloudEvent(ringing), {}],
  ['without kinds', but(ringing, { from: { rawId: '4:+14255550101', phoneNumber: { value: '+14255550101' } } }), {}],
  ['with ids alone', but(ringing, { from: { rawId: '4:+14255550101' }, to: { rawId: '4:+18005550100' } }), {}],
  ['from a withheld number', but(ringing, { from: { rawId: '4:anonymous' } }), { subscriber: 'anonymous' }],
  [
    'from a withheld number in full',
    but(ringing, { from: { kind: 'phoneNumber', rawId: '4:anonymous', phoneNumber: { value: '+anonymous' } } }),
    { subscriber: 'anonymous' },
  ],
  ['without context of its own', but(ringing, { customContext: undefined, callerDisplayName: undefined }), {}],
  ['with names in another case', but(ringing, { serverCallId: undefined, ServerCallId: ring.serverCallId }), {}],
])('a ring is read %s', (_, event, changed) => {
  expect(read(incomingCall, event)).toEqual({ type: 'ours', value: { ...ring, ...changed } });
});

const user = { rawId: '8:acs:r_u', communicationUser: { id: '8:acs:r_u' } };

test.each<[string, unknown, string, RegExp]>([
  ['for a user identity', but(ringing, { to: user }), 'ignored', /^It is for a user identity and not for a number\.$/],
  ['from a user identity', but(ringing, { from: user }), 'ignored', /^It is from a user identity/],
  ['from words', but(ringing, { from: { rawId: '4:nobody at all' } }), 'ignored', /^It is from a user identity/],
  ['from nobody', but(ringing, { from: undefined }), 'dropped', /data\.from/],
  ['without context', but(ringing, { incomingCallContext: '' }), 'dropped', /data\.incomingCallContext/],
  [
    'without anything to know it by',
    but(ringing, { correlationId: undefined, serverCallId: 7 }),
    'dropped',
    /data\.serverCallId: .*; data\.correlationId: /,
  ],
  ['without a time', but(ringing, {}, { eventTime: undefined }), 'dropped', /^Its time is no instant: undefined\.$/],
  ['at a time in words', but(ringing, {}, { eventTime: 'now' }), 'dropped', /^Its time is no instant: now\.$/],
  ['of another resource', but(ringing, {}, { topic: '/subscriptions/other' }), 'dropped', /ACS_RESOURCE_ID/],
  ['that is another event', callEnded, 'ignored', /CallEnded/],
])('a ring %s is not taken up, with the reason', (_, event, type, reason) => {
  expect(read(incomingCall, event)).toEqual({ type, reason: expect.stringMatching(reason) });
});

const location = 'https://us-storage.asm.skype.com/v1/objects/0-eus-d1-abc';
const chunk = { contentLocation: `${location}/content/audio`, deleteLocation: location };
const ready = {
  serverCallId: 'aHR0cDovL2VtdWxhdG9y',
  recordingId: 'rec1',
  startedAt: Date.parse('2026-11-24T02:01:05Z'),
  parts: [chunk],
};
const chunks = (...recordingChunks: object[]) => ({ recordingStorageInfo: { recordingChunks } });
const other = { contentLocation: 'https://two', deleteLocation: 'https://2' };

test.each<[string, unknown, object]>([
  ['as it is documented', recordingFileStatusUpdated, {}],
  ['that began at no time', but(recordingFileStatusUpdated, { recordingStartTime: 'then' }), { startedAt: undefined }],
  ['with its id in the subject alone', but(recordingFileStatusUpdated, { recordingId: undefined }), {}],
  [
    'without an id',
    but(recordingFileStatusUpdated, { recordingId: null }, { subject: '/recording/call/c1/serverCallId/s1' }),
    { serverCallId: 's1', recordingId: undefined },
  ],
  [
    'of a call with an escaped id',
    but(recordingFileStatusUpdated, {}, { subject: '/recording/call/c1/serverCallId/a%2Fb/recordingId/rec1' }),
    { serverCallId: 'a/b' },
  ],
  [
    'of a call with a percent sign in its id',
    but(recordingFileStatusUpdated, {}, { subject: '/recording/call/c1/serverCallId/a%zz/recordingId/rec1' }),
    { serverCallId: 'a%zz' },
  ],
  [
    'in several parts, in their order',
    but(recordingFileStatusUpdated, chunks({ ...other, index: 1 }, { ...chunk, index: 0 })),
    { parts: [chunk, other] },
  ],
])('a recording is read %s', (_, event, changed) => {
  expect(read(recordingReady, event)).toEqual({ type: 'ours', value: { ...ready, ...changed } });
});

test.each<[string, unknown, RegExp]>([
  ['of no call', but(recordingFileStatusUpdated, {}, { subject: '/recording' }), /^Its subject does not name a call: /],
  [
    'without a subject',
    but(recordingFileStatusUpdated, {}, { subject: undefined }),
    /^Its subject does not name a call/,
  ],
  [
    'without a place',
    but(recordingFileStatusUpdated, { recordingStorageInfo: undefined }),
    /data\.recordingStorageInfo/,
  ],
  [
    'with a part that is nowhere',
    but(recordingFileStatusUpdated, chunks({ index: 0 })),
    /recordingChunks\.0\.contentLocation: .*recordingChunks\.0\.deleteLocation: /,
  ],
])('a recording %s is dropped, with the reason', (_, event, reason) => {
  expect(read(recordingReady, event)).toEqual({ type: 'dropped', reason: expect.stringMatching(reason) });
});

const joined: LegEvent = {
  type: 'joined',
  serverCallId: 'aHR0cDovL2VtdWxhdG9y',
  at: Date.parse('2026-11-24T02:01:02Z'),
};

test.each<[string, unknown, object]>([
  ['that somebody took', callParticipantAdded, joined],
  ['that is over', callEnded, { ...joined, type: 'ended', at: Date.parse('2026-11-24T02:01:51Z') }],
  [
    'in a type of another case',
    but(callEnded, {}, { eventType: 'microsoft.communication.CALLENDED' }),
    { type: 'ended' },
  ],
])('a leg %s is told', (_, event, value) => {
  expect(read(callLifecycle, event)).toMatchObject({ type: 'ours', value });
});

test.each<[string, unknown, string, RegExp]>([
  [
    'started',
    but(callEnded, {}, { eventType: 'Microsoft.Communication.CallStarted' }),
    'ignored',
    /^Nothing follows from/,
  ],
  [
    'left by one of several',
    but(callEnded, {}, { eventType: 'Microsoft.Communication.CallParticipantRemoved' }),
    'ignored',
    /^Nothing follows from Microsoft\.Communication\.CallParticipantRemoved\.$/,
  ],
  ['of no call', but(callEnded, { serverCallId: '' }), 'dropped', /data\.serverCallId/],
  ['at no time', but(callEnded, {}, { eventTime: 'soon' }), 'dropped', /^Its time is no instant: soon\.$/],
  ['of another kind', ringing, 'ignored', /IncomingCall/],
])('a leg %s is not taken up, with the reason', (_, event, type, reason) => {
  expect(read(callLifecycle, event)).toEqual({ type, reason: expect.stringMatching(reason) });
});

const samples = [ringing, recordingFileStatusUpdated, callEnded, callParticipantAdded];

/** The same with another value in the place of its nth part. */
function distort(sample: object, place: number, value: unknown): object {
  let part = 0;
  return JSON.parse(JSON.stringify(sample, (_, own) => (++part === place ? value : own)));
}
const distorted = fc
  .tuple(
    fc.constantFrom<object[]>(...samples),
    fc.array(fc.tuple(fc.integer({ min: 2, max: 40 }), fc.jsonValue()), { maxLength: 3 }),
  )
  .map(([sample, places]) => places.reduce((event, [place, value]) => distort(event, place, value), sample));

test('whatever comes, it is ours, ignored or dropped, and says why; nothing is thrown', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), distorted),
      fc.constantFrom(incomingCall, recordingReady, callLifecycle),
      (event, reader) => {
        const reading = readEvent<unknown>(reader, event, topic);
        if (reading.type === 'ours') expect(reading.value).toBeTypeOf('object');
        else expect(reading.reason).toMatch(/\S/);
      },
    ),
    { numRuns: 2_000 },
  ));
