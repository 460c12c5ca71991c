import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSignals } from '../../shared/events/callSignals.ts';

const ids = { callConnectionId: '421f3500-aaaa-4bbb-8ccc-0123456789ab', serverCallId: 'aHR0cDovL2VtdWxhdG9y' };

/** An event as Call Automation posts it. */
const told = (type: string, data: object = {}) => ({
  id: '9a8e2b1e-1111-4222-8333-444455556666',
  source: `calling/callConnections/${ids.callConnectionId}`,
  type: `Microsoft.Communication.${type}`,
  specversion: '1.0',
  datacontenttype: 'application/json',
  subject: `calling/callConnections/${ids.callConnectionId}`,
  time: '2026-11-24T02:00:00.1234567+00:00',
  data: { operationContext: '3', ...ids, correlationId: '8a000000-0000-4000-8000-000000000001', ...data },
});
const result = (code: number, subCode: number, message = 'In words.') => ({
  resultInformation: { code, subCode, message },
});
const dtmf = (...tones: unknown[]) => ({ recognitionType: 'dtmf', dtmfResult: { tones } });
const choice = (label: string, recognizedPhrase?: string | null) => ({
  recognitionType: 'choices',
  choiceResult: { label, recognizedPhrase, confidence: 0.9 },
});
const speech = (words: string) => ({ recognitionType: 'speech', speechResult: { speech: words, confidence: 0.9 } });

test.each<[string, object, object]>([
  ['CallConnected', result(200, 0), { type: 'connected' }],
  ['CallDisconnected', result(200, 0), { type: 'disconnected' }],
  ['CreateCallFailed', result(486, 8539), { type: 'disconnected' }],
  ['AnswerFailed', result(400, 8501), { type: 'disconnected' }],
  ['PlayCompleted', result(200, 0), { type: 'played' }],
  ['PlayFailed', result(400, 8536), { type: 'failed' }],
  ['CallTransferAccepted', {}, { type: 'transferred' }],
  ['CallTransferFailed', result(603, 8538), { type: 'failed' }],
  ['RecognizeCompleted', dtmf('one', 'Two', 'pound'), { type: 'heard', heard: { keys: ['1', '2', '#'] } }],
  ['RecognizeCompleted', dtmf('a', 'seven', 'constructor'), { type: 'heard', heard: { keys: ['7'] } }],
  ['RecognizeCompleted', dtmf(), { type: 'heard', heard: { keys: [] } }],
  ['RecognizeCompleted', choice('2'), { type: 'heard', heard: { choice: 2 } }],
  ['RecognizeCompleted', choice('0', 'Hours.'), { type: 'heard', heard: { choice: 0, words: 'Hours.' } }],
  ['RecognizeCompleted', choice('0', null), { type: 'heard', heard: { choice: 0 } }],
  ['RecognizeCompleted', choice('constructor'), { type: 'misunderstood' }],
  ['RecognizeCompleted', speech('A table.'), { type: 'heard', heard: { speech: 'A table.' } }],
  ['RecognizeCompleted', speech('a'.repeat(1_001)), { type: 'heard', heard: { speech: 'a'.repeat(1_000) } }],
  ['RecognizeCompleted', speech(''), { type: 'misunderstood' }],
  ['RecognizeCompleted', {}, { type: 'misunderstood' }],
  ['RecognizeFailed', result(400, 8510), { type: 'silence' }],
  ['RecognizeFailed', result(400, 8532), { type: 'silence' }],
  ['RecognizeFailed', result(400, 8511), { type: 'failed' }],
  ['RecognizeFailed', result(400, 8534), { type: 'misunderstood' }],
  ['RecognizeFailed', result(400, 8547), { type: 'misunderstood' }],
  ['RecognizeFailed', {}, { type: 'misunderstood' }],
])('%s with %j is %j', (type, data, event) => {
  expect(readSignals([told(type, data)])).toMatchObject([
    { type: 'ours', value: { event, operationContext: '3', ...ids } },
  ]);
});

test.each<[string, object, object | undefined]>([
  ['CallDisconnected', result(200, 5010, 'The call was ended.'), { reason: 'The call was ended.' }],
  ['AnswerFailed', result(400, 8501, 'It is over.'), { reason: 'It is over.', outcome: 'failed' }],
  ['CallDisconnected', {}, undefined],
  ['PlayFailed', result(400, 8536, 'No file.'), undefined],
])('%s with %j ends the call with %j', (type, data, end) => {
  expect(readSignals([told(type, data)])).toMatchObject([{ value: { end } }]);
});

test.each<[string, unknown, RegExp]>([
  [
    'a type from which nothing follows',
    told('ParticipantsUpdated', { participants: [] }),
    /^Nothing follows from Participants/,
  ],
  [
    'a media operation that was cancelled',
    told('PlayCanceled', result(400, 8508)),
    /^Nothing follows from PlayCanceled\.$/,
  ],
  ['a type that nobody knows', told('toString'), /^Nothing follows from toString\.$/],
  ['a type of Event Grid', { ...told(''), type: 'Microsoft.Communication.IncomingCall' }, /IncomingCall/],
  ['no type', { data: ids }, /^It is no event of a call\.$/],
  ['no data', { ...told('CallConnected'), data: undefined }, /^It is no event of a call\.$/],
  ['data that is a list', { ...told('CallConnected'), data: [] }, /^It is no event of a call\.$/],
  ['a connection that is a number', told('CallConnected', { callConnectionId: 7 }), /^It is no event of a call\.$/],
  ['tones that are numbers', told('RecognizeCompleted', dtmf(1)), /^It is no event of a call\.$/],
])('%s is passed over, with the reason', (_, event, reason) => {
  expect(readSignals(event)).toEqual([{ type: 'ignored', reason: expect.stringMatching(reason) }]);
});

test('every event of a body is read, in its order, past those that are none', () => {
  const types = readSignals([told('PlayCompleted'), 7, told('CallDisconnected')]).map((signal) =>
    signal.type === 'ours' ? signal.value.event.type : signal.type,
  );
  expect(types).toEqual(['played', 'ignored', 'disconnected']);
});

test('one event alone will do, and no event is none', () => {
  expect(readSignals(told('CallConnected'))).toHaveLength(1);
  expect(readSignals([])).toEqual([]);
});

test('whatever the body, every element is ours or ignored; nothing is thrown', () => {
  const like = fc.record(
    {
      type: fc
        .constantFrom('CallConnected', 'RecognizeCompleted', 'RecognizeFailed', '__proto__')
        .map((name) => `Microsoft.Communication.${name}`),
      data: fc.oneof(
        fc.jsonValue(),
        fc.record(
          Object.fromEntries(
            ['operationContext', 'resultInformation', 'dtmfResult', 'choiceResult', 'speechResult'].map((name) => [
              name,
              fc.jsonValue({ maxDepth: 2 }),
            ]),
          ),
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(like), like), (body) => {
      const read = readSignals(body);
      expect(read).toHaveLength(Array.isArray(body) ? body.length : 1);
      for (const signal of read) expect(['ours', 'ignored']).toContain(signal.type);
    }),
    { numRuns: 2_000 },
  );
});
