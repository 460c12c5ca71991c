import { describe, expect, test } from 'vitest';
import { acsCallControl } from '../../../shared/adapters/acs/acsCallControl.ts';
import type { CallOrder, OrderOutcome } from '../../../shared/calls/callControl.ts';
import type { Listening } from '../../../shared/calls/callFlow.ts';
import type { PhoneNumber } from '../../../shared/core/phoneNumbers.ts';
import { inPlaceOfAcs } from './inPlaceOfAcs.ts';

const service = '+14255550100' as PhoneNumber;
const subscriber = '+14255550123' as PhoneNumber;
const user = '8:acs:6c6f6361_ada';
const callbackUrl = 'https://app.example/api/calls/callbacks/c/e/s';
const speechEndpoint = 'https://speech.example/';
const deadline = 5_000;
const identity = {
  operationContext: '7',
  repeatabilityId: '793402d5-4941-81ca-aea9-aea0ee32c183',
  firstSentAt: Date.parse('2026-11-24T02:00:00Z'),
};
const words = { type: 'text', text: 'Hello.', language: 'en-US' } as const;

/** On the wire. Media operations leave `kind` out, others do not. */
const person = (value: string) => ({ rawId: `4:${value}`, phoneNumber: { value } });
const opened = { callConnectionId: 'c1', serverCallId: 's1', correlationId: 'r1', callConnectionState: 'connecting' };

const callConnectionId = 'c1';
const line = '/calling/callConnections/c1';
const answering: CallOrder = { type: 'answer', context: 'eyJ', callbackUrl, speech: true };
const saying: CallOrder = { type: 'play', spoken: words, callConnectionId };
const listeningFor = (to: Listening, language?: string): CallOrder => ({
  ...{ type: 'listen', to, language, spoken: words, seconds: 20, subscriber, callConnectionId },
});

type Wire = readonly [method: string, path: string, body: object | undefined];

/** An ACS that gives one answer, asked by the shipped adapter through the SDK. */
async function anAcsThatAnswers(status: number, body?: object, within = deadline) {
  const acs = await inPlaceOfAcs((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  });
  const calls = acsCallControl({ connection: acs, speechEndpoint });
  return { ...acs, calls, carryOut: (order: CallOrder, as = identity) => calls.carryOut(order, as, within) };
}

describe('an order is this request, and its answer this outcome:', () => {
  test.each<[string, CallOrder, Wire, [status: number, body?: object], Partial<OrderOutcome>?]>([
    [
      'answer',
      answering,
      [
        'POST',
        '/calling/callConnections:answer',
        {
          incomingCallContext: 'eyJ',
          callbackUri: callbackUrl,
          operationContext: '7',
          callIntelligenceOptions: { cognitiveServicesEndpoint: speechEndpoint },
        },
      ],
      [200, opened],
      { callConnectionId: 'c1', serverCallId: 's1', correlationId: 'r1' },
    ],
    [
      'create',
      { type: 'create', from: service, to: subscriber, callbackUrl, speech: true },
      [
        'POST',
        '/calling/callConnections',
        {
          targets: [{ kind: 'phoneNumber', ...person(subscriber) }],
          sourceCallerIdNumber: { value: service },
          callbackUri: callbackUrl,
          operationContext: '7',
          callIntelligenceOptions: { cognitiveServicesEndpoint: speechEndpoint },
        },
      ],
      [201, opened],
      { callConnectionId: 'c1', serverCallId: 's1', correlationId: 'r1' },
    ],
    [
      'reject',
      { type: 'reject', context: 'eyJ', reason: 'busy' },
      ['POST', '/calling/callConnections:reject', { incomingCallContext: 'eyJ', callRejectReason: 'busy' }],
      [204],
    ],
    [
      'redirect to a user',
      { type: 'redirect', context: 'eyJ', to: user },
      [
        'POST',
        '/calling/callConnections:redirect',
        { incomingCallContext: 'eyJ', target: { kind: 'communicationUser', communicationUser: { id: user } } },
      ],
      [204],
    ],
    [
      'say words',
      saying,
      [
        'POST',
        `${line}:play`,
        {
          playSources: [{ kind: 'text', text: { text: 'Hello.', sourceLocale: 'en-US' } }],
          playTo: [],
          interruptCallMediaOperation: true,
          operationContext: '7',
        },
      ],
      [202],
    ],
    [
      'say words in a voice, which has its own language',
      { ...saying, spoken: { ...words, voice: 'en-US-AvaNeural' } },
      [
        'POST',
        `${line}:play`,
        { playSources: [{ kind: 'text', text: { text: 'Hello.', voiceName: 'en-US-AvaNeural' } }] },
      ],
      [202],
    ],
    [
      'say SSML',
      { ...saying, spoken: { type: 'ssml', ssml: '<speak/>' } },
      ['POST', `${line}:play`, { playSources: [{ kind: 'ssml', ssml: { ssmlText: '<speak/>' } }] }],
      [202],
    ],
    [
      'play a file',
      { ...saying, spoken: { type: 'file', url: 'https://app.example/api/prompts/tone.wav' } },
      [
        'POST',
        `${line}:play`,
        { playSources: [{ kind: 'file', file: { uri: 'https://app.example/api/prompts/tone.wav' } }] },
      ],
      [202],
    ],
    [
      'listen for digits',
      listeningFor({ type: 'digits', most: 4 }),
      [
        'POST',
        `${line}:recognize`,
        {
          recognizeInputType: 'dtmf',
          playPrompt: { kind: 'text', text: { text: 'Hello.' } },
          interruptCallMediaOperation: true,
          operationContext: '7',
          recognizeOptions: {
            interruptPrompt: true,
            initialSilenceTimeoutInSeconds: 20,
            targetParticipant: person(subscriber),
            dtmfOptions: { interToneTimeoutInSeconds: 3, maxTonesToCollect: 4, stopTones: ['pound'] },
          },
        },
      ],
      [202],
    ],
    [
      'listen for one key, as nothing is understood',
      listeningFor({ type: 'choice', choices: [{ key: '1', phrases: ['hours'], go: 'hours' }] }),
      [
        'POST',
        `${line}:recognize`,
        { recognizeInputType: 'dtmf', recognizeOptions: { dtmfOptions: { maxTonesToCollect: 1 } } },
      ],
      [202],
    ],
    [
      'listen for a choice by key or by words',
      listeningFor(
        {
          type: 'choice',
          choices: [
            { key: '1', phrases: ['hours', 'open'], go: 'hours' },
            { key: '*', phrases: [], go: 'person' },
            { phrases: ['bread'], go: 'bread' },
          ],
        },
        'en-US',
      ),
      [
        'POST',
        `${line}:recognize`,
        {
          recognizeInputType: 'choices',
          recognizeOptions: {
            speechLanguage: 'en-US',
            choices: [
              { label: '0', phrases: ['hours', 'open'], tone: 'one' },
              { label: '1', phrases: ['asterisk'], tone: 'asterisk' },
              { label: '2', phrases: ['bread'] },
            ],
          },
        },
      ],
      [202],
    ],
    [
      'listen to a message that words or a key end',
      listeningFor({ type: 'endOfMessage' }, 'en-US'),
      [
        'POST',
        `${line}:recognize`,
        {
          recognizeInputType: 'speechOrDtmf',
          recognizeOptions: {
            speechLanguage: 'en-US',
            speechOptions: { endSilenceTimeoutInMs: 3_000 },
            dtmfOptions: { maxTonesToCollect: 1 },
          },
        },
      ],
      [202],
    ],
    [
      'listen to a message that a key ends',
      listeningFor({ type: 'endOfMessage' }),
      [
        'POST',
        `${line}:recognize`,
        { recognizeInputType: 'dtmf', recognizeOptions: { dtmfOptions: { maxTonesToCollect: 1 } } },
      ],
      [202],
    ],
    [
      'transfer to a number',
      { type: 'transfer', to: '+14255550199', service, callConnectionId },
      [
        'POST',
        `${line}:transferToParticipant`,
        {
          targetParticipant: { kind: 'phoneNumber', ...person('+14255550199') },
          sourceCallerIdNumber: { value: service },
          operationContext: '7',
        },
      ],
      [202, { operationContext: '7' }],
    ],
    ['hang up for everyone', { type: 'hangUp', callConnectionId }, ['POST', `${line}:terminate`, undefined], [204]],
    [
      'start a recording',
      { type: 'startRecording', serverCallId: 's1', callConnectionId },
      [
        'POST',
        '/calling/recordings',
        {
          callLocator: { kind: 'serverCallLocator', serverCallId: 's1' },
          recordingContentType: 'audio',
          recordingChannelType: 'mixed',
          recordingFormatType: 'wav',
        },
      ],
      [200, { recordingId: 'rec1' }],
      { recordingId: 'rec1' },
    ],
    [
      'stop a recording',
      { type: 'stopRecording', recordingId: 'rec1', callConnectionId },
      ['DELETE', '/calling/recordings/rec1', undefined],
      [204],
    ],
  ])('%s', async (_, order, [method, path, body], answer, outcome = {}) => {
    const { asked, carryOut } = await anAcsThatAnswers(...answer);
    expect(await carryOut(order)).toEqual({ type: 'accepted', ...outcome });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method, path });
    if (body === undefined) expect(asked[0]?.body).toBeUndefined();
    else expect(asked[0]?.body).toMatchObject(body);
  });
});

test('speech is not asked for on a call that needs none', async () => {
  const { asked, carryOut } = await anAcsThatAnswers(200, opened);
  await carryOut({ ...answering, speech: false });
  expect(asked[0]?.body).not.toHaveProperty('callIntelligenceOptions');
});

const repeatability = ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => [
  headers['repeatability-request-id'],
  headers['repeatability-first-sent'],
];

test('the same order from two processes bears one id and one first-sent time; another one, another id', async () => {
  const { asked, carryOut } = await anAcsThatAnswers(204);
  const { carryOut: elsewhere, asked: also } = await anAcsThatAnswers(204);
  const over: CallOrder = { type: 'hangUp', callConnectionId };
  await carryOut(over);
  await elsewhere(over);
  await carryOut(over, { ...identity, repeatabilityId: '00000000-0000-4000-8000-000000000001' });
  const first = [identity.repeatabilityId, 'Tue, 24 Nov 2026 02:00:00 GMT'];
  expect([...asked, ...also].map(repeatability)).toEqual([
    first,
    ['00000000-0000-4000-8000-000000000001', first[1]],
    first,
  ]);
});

test('orders at once keep their own ids', async () => {
  const { asked, carryOut } = await anAcsThatAnswers(204);
  const ids = Array.from({ length: 10 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);
  await Promise.all(
    ids.map((repeatabilityId) => carryOut({ type: 'hangUp', callConnectionId }, { ...identity, repeatabilityId })),
  );
  expect(asked.map((request) => repeatability(request)[0]).toSorted()).toEqual(ids);
});

test('an order for which the wire has no place for an id goes without', async () => {
  const { asked, carryOut } = await anAcsThatAnswers(202);
  await carryOut(saying);
  expect(repeatability(asked[0]!)).toEqual([undefined, undefined]);
});

describe('a refusal is told as what it means, in words, and never tried again within the call:', () => {
  test.each<[number, string | undefined, Exclude<OrderOutcome['type'], 'accepted'>]>([
    [400, '8523', 'refused'],
    [400, '8567', 'refused'],
    [400, '8500', 'later'],
    [400, '8528', 'over'],
    [401, undefined, 'later'],
    [403, '7507', 'later'],
    [404, '8522', 'over'],
    [404, undefined, 'over'],
    [409, '8519', 'ambiguous'],
    [412, '8583', 'refused'],
    [429, undefined, 'later'],
    [500, undefined, 'ambiguous'],
    [503, undefined, 'later'],
    [200, undefined, 'ambiguous'],
  ])('%d %s is %s', async (status, code, type) => {
    const { asked, carryOut } = await anAcsThatAnswers(status, code ? { error: { code, message: 'Not so.' } } : {});
    expect(await carryOut(saying)).toEqual({
      type,
      code: code ?? String(status),
      reason: expect.stringMatching(code ? /^The provider refused: Not so\.$/ : /^The provider refused: ./),
    });
    expect(asked).toHaveLength(1);
  });
});

test('a recording that runs already is the one that was asked for', async () => {
  const { carryOut } = await anAcsThatAnswers(400, { error: { code: '8553', message: 'It runs.' } });
  expect(await carryOut({ type: 'startRecording', serverCallId: 's1', callConnectionId })).toEqual({
    type: 'accepted',
  });
});

test('a recording that is not there is stopped, and the call is not over for that', async () => {
  const { carryOut } = await anAcsThatAnswers(404, { error: { code: '8522', message: 'Gone.' } });
  expect(await carryOut({ type: 'stopRecording', recordingId: 'r1', callConnectionId })).toEqual({ type: 'accepted' });
});

test.each<[string, CallOrder]>([
  ['answered', answering],
  ['played', saying],
  // Of these the SDK drops an abort signal of its own.
  ['listened to', listeningFor({ type: 'endOfMessage' })],
])('what is to be %s may have been when no answer comes within the deadline', async (_, order) => {
  const { connectionString } = await inPlaceOfAcs(() => {});
  const outcome = await acsCallControl({ connection: { connectionString } }).carryOut(order, identity, 50);
  expect(outcome).toMatchObject({ type: 'ambiguous', reason: 'The provider did not answer as it should.' });
});

test.each<[string, object]>([
  ['breaks off', { type: 'ambiguous' }],
  ['says nothing of the call', { type: 'ambiguous' }],
])('an answer that %s may have answered the call', async (what, outcome) => {
  const { connectionString } = await inPlaceOfAcs((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(what === 'breaks off' ? '{"callConn' : '{}');
  });
  expect(
    await acsCallControl({ connection: { connectionString } }).carryOut(answering, identity, deadline),
  ).toMatchObject(outcome);
});

test('a provider that is not there has not taken the order', async () => {
  const connection = { connectionString: 'endpoint=http://127.0.0.1:9/;accesskey=a2V5' };
  expect(await acsCallControl({ connection }).carryOut(saying, identity, deadline)).toEqual({
    type: 'later',
    code: 'ECONNREFUSED',
    reason: 'The provider could not be reached.',
  });
});

describe('how a call stands:', () => {
  test.each([
    [200, { ...opened, callConnectionState: 'connecting' }, 'ringing'],
    [200, { ...opened, callConnectionState: 'connected' }, 'connected'],
    [200, { ...opened, callConnectionState: 'transferring' }, 'connected'],
    [200, { ...opened, callConnectionState: 'disconnected' }, 'gone'],
    [404, { error: { code: '8522', message: 'No such call.' } }, 'gone'],
    [500, {}, undefined],
  ])('%d %j is %s', async (status, body, standing) => {
    const { asked, calls } = await anAcsThatAnswers(status, body);
    expect(await calls.standing('c1', deadline)).toBe(standing);
    expect(asked).toMatchObject([{ method: 'GET', path: line }]);
  });

  test('nobody knows when no answer comes', async () => {
    const { connectionString } = await inPlaceOfAcs(() => {});
    expect(await acsCallControl({ connection: { connectionString } }).standing('c1', 50)).toBeUndefined();
  });
});
