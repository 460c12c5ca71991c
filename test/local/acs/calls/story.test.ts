import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { subscriber, tollFree } from '../anAcs.ts';
import { agent, aLine, type Line, phone, text } from './aLine.ts';

let line: Line;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(() => line.fresh());
afterAll(() => line.close());

test('a subscriber rings, is asked, presses keys and hangs up', async () => {
  const { id, call, media } = await line.answer();
  await media.playToAll([text('Welcome to the bakery.')], { operationContext: 'welcome' });
  expect(await line.app.told('PlayCompleted')).toMatchObject({
    operationContext: 'welcome',
    resultInformation: { code: 200, subCode: 0 },
  });
  await media.startRecognizing(phone(subscriber), {
    kind: 'callMediaRecognizeDtmfOptions',
    maxTonesToCollect: 2,
    playPrompt: text('Press two keys.'),
    operationContext: 'keys',
  });
  await line.press(id, 'one', 'two');
  expect(await line.app.told('RecognizeCompleted')).toMatchObject({
    operationContext: 'keys',
    recognitionType: 'dtmf',
    dtmfResult: { tones: ['one', 'two'] },
    resultInformation: { code: 200, subCode: 8531 },
    callConnectionId: (await line.report(id))['callConnectionId'],
    correlationId: id,
  });
  await line.admin('DELETE', `/calls/${id}`);
  expect(await line.app.told('CallDisconnected')).toMatchObject({ resultInformation: { q850Details: { code: 16 } } });
  expect(line.app.types()).toEqual([
    'CallConnected',
    'ParticipantsUpdated',
    'PlayStarted',
    'PlayCompleted',
    'RecognizeCompleted',
    'CallDisconnected',
  ]);
  const { said, state, endedBy } = await line.report(id);
  expect([said.map(({ text }) => text), state, endedBy]).toEqual([
    ['Welcome to the bakery.', 'Press two keys.'],
    'ended',
    `4:${subscriber} hung up`,
  ]);
  await expect(call.getCallConnectionProperties()).rejects.toMatchObject({ statusCode: 404, code: '8522' });
});

test('a transfer that is declined comes back, and one that is answered takes the caller away', async () => {
  const { id, call } = await line.answer();
  await call.transferCallToParticipant(phone(agent), { operationContext: 'first' });
  expect((await call.getCallConnectionProperties()).callConnectionState).toBe('transferring');
  await line.admin('POST', `/calls/${id}/decline`, {});
  expect(await line.app.told('CallTransferFailed')).toMatchObject({
    operationContext: 'first',
    transferTarget: { rawId: `4:${agent}` },
    resultInformation: { code: 603, subCode: 8538, sipDetails: { code: 603 }, q850Details: { code: 21 } },
  });
  expect((await call.getCallConnectionProperties()).callConnectionState).toBe('connected');
  await call.transferCallToParticipant(phone(agent));
  await line.admin('POST', `/calls/${id}/answer`, {});
  await line.app.told('CallDisconnected');
  expect(line.app.types().slice(-2)).toEqual(['CallTransferAccepted', 'CallDisconnected']);
  expect(await line.report(id)).toMatchObject({
    state: 'connected',
    connectionState: 'disconnected',
    participants: [
      { who: subscriber, state: 'connected' },
      { who: agent, state: 'left' },
      { who: agent, state: 'connected' },
    ],
  });
  await line.admin('DELETE', `/calls/${id}?who=${encodeURIComponent(agent)}`);
  expect(await line.report(id)).toMatchObject({ state: 'ended' });
});

test('the app calls somebody, who answers, is sent tones and is hung up on', async () => {
  const created = await line.client.createCall(
    { targetParticipant: phone(subscriber), sourceCallIdNumber: phone(tollFree) },
    line.callback,
    { operationContext: 'call back' },
  );
  const { callConnection: call, callConnectionProperties: properties } = created;
  expect(properties).toMatchObject({ callConnectionState: 'connecting', targetParticipants: [phone(subscriber)] });
  const id = properties.correlationId!;
  await line.admin('POST', `/calls/${id}/answer`, {});
  expect(await line.app.told('CallConnected')).toMatchObject({ operationContext: 'call back', correlationId: id });
  await call.getCallMedia().sendDtmfTones(['one', 'pound'], phone(subscriber), { operationContext: 'extension' });
  expect(await line.app.told('SendDtmfTonesCompleted')).toMatchObject({ operationContext: 'extension' });
  expect((await line.report(id)).said).toMatchObject([{ tones: ['one', 'pound'] }]);
  await call.hangUp(true);
  await line.app.told('CallDisconnected');
  expect(await line.report(id)).toMatchObject({ state: 'ended', endedBy: 'the app ended it for everybody' });
});

test.each([
  ['busy', 486, 8539, 17],
  ['decline', 603, 8538, 21],
  ['ring', 408, 8541, 19],
])('a handset that does %s lets the call fail with %d/%d', async (does, code, subCode, q850) => {
  await line.admin('PUT', `/handsets/${subscriber}`, { does });
  await line.client.createCall(
    { targetParticipant: phone(subscriber), sourceCallIdNumber: phone(tollFree) },
    line.callback,
  );
  line.timers.advance(30_000);
  expect(await line.app.told('CreateCallFailed')).toMatchObject({
    resultInformation: { code, subCode, q850Details: { code: q850 } },
  });
  expect(line.app.types()).toEqual(['CreateCallFailed']);
});

test('a second participant joins, and the first may leave', async () => {
  const { id, call } = await line.answer();
  await line.admin('PUT', `/handsets/${agent}`, { does: 'answer' });
  const invited = await call.addParticipant(
    { targetParticipant: phone(agent), sourceCallIdNumber: phone(tollFree) },
    { operationContext: 'agent' },
  );
  expect(invited).toMatchObject({ participant: { identifier: phone(agent) }, invitationId: expect.any(String) });
  line.timers.advance(1_000);
  expect(await line.app.told('AddParticipantSucceeded')).toMatchObject({ participant: { rawId: `4:${agent}` } });
  expect(await line.app.told('ParticipantsUpdated', 2)).toMatchObject({ sequenceNumber: 2 });
  const { values } = await call.listParticipants();
  expect(values?.map(({ identifier }) => identifier)).toMatchObject([phone(subscriber), phone(agent)]);
  await line.admin('DELETE', `/calls/${id}`);
  expect(await line.app.told('ParticipantsUpdated', 3)).toMatchObject({
    participants: [{ identifier: { rawId: `4:${agent}` } }],
  });
  await call.hangUp(false);
  await line.app.told('CallDisconnected');
  expect(await line.report(id)).toMatchObject({ state: 'ended', endedBy: 'the app hung up' });
});

test('an agent waits for keys as they are pressed', async () => {
  const { id, media } = await line.answer();
  await media.startContinuousDtmfRecognition(phone(subscriber), { operationContext: 'live' });
  await line.press(id, 'five', 'asterisk');
  expect(await line.app.told('ContinuousDtmfRecognitionToneReceived', 2)).toMatchObject({
    tone: 'asterisk',
    sequenceId: 2,
    operationContext: 'live',
  });
  await media.stopContinuousDtmfRecognition(phone(subscriber));
  await line.app.told('ContinuousDtmfRecognitionStopped');
  await line.press(id, 'five');
  await line.admin('DELETE', `/calls/${id}`);
  await line.app.told('CallDisconnected');
  expect(line.app.types().filter((type) => type.endsWith('ToneReceived'))).toHaveLength(2);
});
