import { DtmfTone } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wavBytes } from '../../../../local/acs/recordings/wavFile.ts';
import { subscriber } from '../anAcs.ts';
import { type Answered, agent, aLine, type Line, phone, text } from './aLine.ts';

let line: Line;
let given: Answered;
beforeAll(async () => {
  line = await aLine({ switches: { repeatabilityWindowSeconds: 86_400, hmacDateToleranceMinutes: 0 } });
});
beforeEach(async () => {
  await line.fresh();
  given = await line.answer();
});
afterAll(() => line.close());

/** Types of media events so far, once this many have come. */
async function told(...types: readonly string[]) {
  const media = () => line.app.types().filter((type) => /^(Play|Recognize)/.test(type));
  await expect.poll(media).toEqual(types);
}
const ends = async (type: string) => {
  const { resultInformation, ...data } = await line.app.told(type);
  return { ...data, ends: `${resultInformation?.code}/${resultInformation?.subCode}` };
};

describe('what is said', () => {
  test('takes 400 ms a word', async () => {
    await given.media.playToAll([text('one two three'), text('four')]);
    await told('PlayStarted');
    line.timers.advance(1_599);
    expect((await line.report(given.id)).said).toMatchObject([{ text: 'one two three' }, { text: 'four' }]);
    expect((await line.report(given.id))['waitsFor']).toEqual(['playToAll']);
    line.timers.advance(1);
    await told('PlayStarted', 'PlayCompleted');
  });

  test('takes as long as its dial says', async () => {
    line.dials.change({ calls: { promptScale: 0.5 } });
    await given.media.playToAll([{ kind: 'ssmlSource', ssmlText: '<speak>hi<break time="2s"/></speak>' }]);
    await told('PlayStarted');
    line.timers.advance(1_200);
    await told('PlayStarted', 'PlayCompleted');
  });

  test('waits for what is said before it', async () => {
    await given.media.playToAll([text('one')], { operationContext: 'first' });
    await given.media.playToAll([text('two')], { operationContext: 'second' });
    await told('PlayStarted');
    line.timers.advance(400);
    await told('PlayStarted', 'PlayCompleted', 'PlayStarted');
    line.timers.advance(400);
    await told('PlayStarted', 'PlayCompleted', 'PlayStarted', 'PlayCompleted');
    expect(line.app.events().map(({ data }) => data['operationContext'])).toEqual([
      ...[undefined, undefined],
      ...['first', 'first', 'second', 'second'],
    ]);
  });

  test('gives way to what interrupts it, and so does what waits', async () => {
    await given.media.playToAll([text('one')]);
    await given.media.playToAll([text('two')]);
    await given.media.playToAll([text('stop')], { interruptCallMediaOperation: true });
    await told('PlayStarted', 'PlayCanceled', 'PlayCanceled', 'PlayStarted');
    expect(await ends('PlayCanceled')).toMatchObject({ ends: '400/8508' });
  });

  test('goes on and on if it loops, until it is cancelled', async () => {
    await given.media.playToAll([text('music')], { loop: true });
    await told('PlayStarted');
    line.timers.advance(60_000);
    await line.settled();
    await given.media.cancelAllOperations();
    await told('PlayStarted', 'PlayCanceled');
  });

  test('is cut off by the end of the call', async () => {
    await given.media.playToAll([text('one two three')]);
    await line.admin('DELETE', `/calls/${given.id}`);
    await line.app.told('CallDisconnected');
    expect(line.app.types().slice(-2)).toEqual(['PlayCanceled', 'CallDisconnected']);
  });

  test('is cut off in silence, by a switch', async () => {
    line.dials.change({ switches: { mediaAtEnd: 'silent' } });
    await given.media.playToAll([text('one two three')]);
    await line.admin('DELETE', `/calls/${given.id}`);
    await line.app.told('CallDisconnected');
    await told('PlayStarted');
  });
});

describe('a file', () => {
  const play = (path: string) => given.media.playToAll([{ kind: 'fileSource', url: `${line.app.url}${path}` }]);

  test('is fetched, and takes as long as it plays', async () => {
    line.app.files.set('/welcome.wav', wavBytes(2_500));
    await play('/welcome.wav');
    await told('PlayStarted');
    line.timers.advance(2_499);
    expect((await line.report(given.id)).said).toMatchObject([{ file: `${line.app.url}/welcome.wav` }]);
    expect(line.app.types()).not.toContain('PlayCompleted');
    line.timers.advance(1);
    await told('PlayStarted', 'PlayCompleted');
  });

  test.each([
    ['is not there', undefined, '400/8536'],
    ['is no WAV', 'MP3', '400/8535'],
    ['is not mono', stereo(), '400/8535'],
    ['is cut off', wavBytes(0, 0, 30), '400/8535'],
  ])('that %s fails', async (_what, content, how) => {
    if (content !== undefined) line.app.files.set('/file.wav', content);
    await play('/file.wav');
    expect(await ends('PlayFailed')).toMatchObject({ ends: how, failedPlaySourceIndex: 0 });
    line.app.files.clear();
    await line.settled();
  });

  test('that nobody serves fails, and so does what it was to introduce', async () => {
    await given.media.startRecognizing(phone(subscriber), {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 1,
      playPrompts: [text('now'), { kind: 'fileSource', url: 'http://127.0.0.1:9/x.wav' }],
    });
    line.timers.advance(400);
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8511', failedPlaySourceIndex: 1 });
    expect(line.log.map(({ event }) => event)).toContain('acs.prompt-not-fetched');
  });
});

function stereo(): Uint8Array {
  const bytes = wavBytes(100);
  bytes[22] = 2;
  return bytes;
}

describe('keys', () => {
  const listen = (more: object = {}) =>
    given.media.startRecognizing(phone(subscriber), {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 4,
      initialSilenceTimeoutInSeconds: 10,
      interToneTimeoutInSeconds: 3,
      stopDtmfTones: [DtmfTone.Pound],
      ...more,
    });

  test('end with the most that are collected', async () => {
    await listen();
    await line.press(given.id, 'one', 'two', 'three', 'four', 'five');
    expect(await ends('RecognizeCompleted')).toMatchObject({
      ends: '200/8531',
      dtmfResult: { tones: ['one', 'two', 'three', 'four'] },
    });
  });

  test('end with a stop tone, which is not among them', async () => {
    await listen();
    await line.press(given.id, 'one', 'pound');
    expect(await ends('RecognizeCompleted')).toMatchObject({ ends: '200/8514', dtmfResult: { tones: ['one'] } });
  });

  test('that never come end in silence', async () => {
    await listen();
    line.timers.advance(9_999);
    expect(line.app.types()).not.toContain('RecognizeFailed');
    line.timers.advance(1);
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8510' });
  });

  test('that stop coming fail, too', async () => {
    await listen();
    await line.press(given.id, 'one');
    line.timers.advance(2_999);
    await line.press(given.id, 'two');
    line.timers.advance(2_999);
    expect(line.app.types()).not.toContain('RecognizeFailed');
    line.timers.advance(1);
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8532' });
  });

  test('cut a prompt short', async () => {
    await listen({ playPrompt: text('a very long prompt indeed'), interruptPrompt: true, maxTonesToCollect: 1 });
    await line.press(given.id, 'one');
    expect(await ends('RecognizeCompleted')).toMatchObject({ dtmfResult: { tones: ['one'] } });
  });

  test('are not heard before the end of a prompt that must not be interrupted', async () => {
    await listen({ playPrompt: text('one two'), interruptPrompt: false, maxTonesToCollect: 1 });
    await line.press(given.id, 'one');
    line.timers.advance(800);
    await line.press(given.id, 'two');
    expect(await ends('RecognizeCompleted')).toMatchObject({ dtmfResult: { tones: ['two'] } });
  });

  test('wait for them at any pace of the world', async () => {
    line.dials.change({ calls: { waitScale: 0 } });
    await listen();
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8510' });
  });

  test('in a call of several count for one of them', async () => {
    await line.admin('PUT', `/handsets/${agent}`, { does: 'answer' });
    await given.call.addParticipant({ targetParticipant: phone(agent), sourceCallIdNumber: phone('+18005550100') });
    line.timers.advance(1_000);
    await line.app.told('AddParticipantSucceeded');
    await listen({ maxTonesToCollect: 1 });
    await line.admin('POST', `/calls/${given.id}/tones`, { tones: ['nine'], from: agent });
    await line.admin('POST', `/calls/${given.id}/tones`, { tones: ['one'], from: subscriber });
    expect(await ends('RecognizeCompleted')).toMatchObject({ dtmfResult: { tones: ['one'] } });
    await listen();
    await expect(listen()).rejects.toMatchObject({ statusCode: 412, code: '8583' });
  });
});

describe('words', () => {
  const say = (words: string) => line.admin('POST', `/calls/${given.id}/speech`, { text: words });
  const choices = [
    { label: 'hours', phrases: ['opening hours', 'hours'], tone: DtmfTone.One },
    { label: 'order', phrases: ['order'], tone: DtmfTone.Two },
  ];
  const choose = () =>
    given.media.startRecognizing(phone(subscriber), { kind: 'callMediaRecognizeChoiceOptions', choices });

  test('choose by phrase', async () => {
    await choose();
    await say(' Opening hours! ');
    expect(await ends('RecognizeCompleted')).toMatchObject({
      ends: '200/8545',
      recognitionType: 'choices',
      choiceResult: { label: 'hours', recognizedPhrase: 'opening hours' },
    });
  });

  test('that are no choice fail', async () => {
    await choose();
    await say('a pony');
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8547' });
  });

  test.each([
    ['two', 'RecognizeCompleted', '200/8533'],
    ['nine', 'RecognizeFailed', '400/8534'],
  ])('may be the key %s', async (tone, type, how) => {
    await choose();
    await line.press(given.id, tone);
    expect(await ends(type)).toMatchObject({ ends: how });
  });

  test('are told after the silence that ends them', async () => {
    await given.media.startRecognizing(phone(subscriber), {
      kind: 'callMediaRecognizeSpeechOptions',
      endSilenceTimeoutInSeconds: 2,
    });
    await line.press(given.id, 'one');
    await say('a table for two');
    line.timers.advance(1_999);
    expect(line.app.types()).not.toContain('RecognizeCompleted');
    line.timers.advance(1);
    expect(await ends('RecognizeCompleted')).toMatchObject({
      ends: '200/8569',
      recognitionType: 'speech',
      speechResult: { speech: 'a table for two' },
    });
  });

  test.each(['speech', 'keys'])('or keys: %s', async (how) => {
    await given.media.startRecognizing(phone(subscriber), {
      kind: 'callMediaRecognizeSpeechOrDtmfOptions',
      maxTonesToCollect: 1,
    });
    await (how === 'keys' ? line.press(given.id, 'one') : say('one'));
    line.timers.advance(2_000);
    expect(await ends('RecognizeCompleted')).toMatchObject({ recognitionType: how === 'keys' ? 'dtmf' : 'speech' });
  });

  test('of somebody who is muted are not heard', async () => {
    await given.call.muteParticipant(phone(subscriber));
    await choose();
    await say('hours');
    line.timers.advance(5_000);
    expect(await ends('RecognizeFailed')).toMatchObject({ ends: '400/8510' });
  });
});

describe('the world', () => {
  test('is quiet while a call waits for somebody, and not while something is said', async () => {
    await given.media.startRecognizing(phone(subscriber), {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 1,
    });
    await line.settled();
    await given.media.playToAll([text('hello')], { interruptCallMediaOperation: true });
    let isQuiet = false;
    const settled = line.settled().then(() => {
      isQuiet = true;
    });
    await told('RecognizeCanceled', 'PlayStarted');
    expect(isQuiet).toBe(false);
    line.timers.advance(400);
    await settled;
    expect(line.app.types()).toContain('PlayCompleted');
  });
});
