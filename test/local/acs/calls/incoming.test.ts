import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { local, subscriber, tollFree } from '../anAcs.ts';
import { agent, aLine, type Line, phone, user } from './aLine.ts';

let line: Line;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(() => line.fresh());
afterAll(() => line.close());

describe('somebody calls', () => {
  test('and one event says so', async () => {
    const { id, context } = await line.ring();
    expect(line.published('IncomingCall')).toMatchObject([
      {
        subject: `/caller/4:${subscriber}/recipient/4:${tollFree}`,
        dataVersion: '1.0',
        data: {
          to: { kind: 'phoneNumber', rawId: `4:${tollFree}`, phoneNumber: { value: tollFree } },
          from: { kind: 'phoneNumber', rawId: `4:${subscriber}`, phoneNumber: { value: subscriber } },
          serverCallId: (await line.report(id))['serverCallId'],
          callerDisplayName: '',
          customContext: { sipHeaders: {}, voipHeaders: {} },
          incomingCallContext: context,
          correlationId: id,
        },
      },
    ]);
  });

  test('and rings for thirty seconds', async () => {
    const { id, context } = await line.ring();
    line.timers.advance(29_999);
    expect(await line.report(id)).toMatchObject({ state: 'ringing' });
    line.timers.advance(1);
    expect(await line.report(id)).toMatchObject({ state: 'ended', endedBy: 'nobody answered' });
    await expect(line.client.answerCall(context, line.callback)).rejects.toMatchObject({ statusCode: 404 });
    await expect(line.client.rejectCall(context)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
    await expect(line.client.redirectCall(context, { targetParticipant: phone(agent) })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  test('and is rejected, which no callback tells', async () => {
    const { id, context } = await line.ring();
    await line.client.rejectCall(context, { callRejectReason: 'forbidden' });
    expect(await line.report(id)).toMatchObject({ state: 'ended', endedBy: 'the app rejected it (forbidden)' });
    await expect(line.client.answerCall(context, line.callback)).rejects.toMatchObject({ code: '8519' });
    await line.settled();
    expect(line.app.arrivals).toEqual([]);
  });

  test('and is redirected to another telephone', async () => {
    const { id, context } = await line.ring();
    await line.client.redirectCall(context, { targetParticipant: phone(agent) });
    await line.admin('POST', `/calls/${id}/answer`, {});
    expect(await line.report(id)).toMatchObject({
      state: 'connected',
      participants: [
        { who: subscriber, state: 'connected' },
        { who: agent, state: 'connected' },
      ],
    });
    expect(line.published('CallStarted')).toEqual([]);
  });

  test('and is redirected to a user, of which a second event tells', async () => {
    const { id, context } = await line.ring();
    await line.client.redirectCall(context, { targetParticipant: { communicationUserId: user } });
    expect(line.published('IncomingCall').map(({ data }) => data['to'])).toMatchObject([
      { kind: 'phoneNumber' },
      { kind: 'communicationUser', communicationUser: { id: user } },
    ]);
    await line.admin('POST', `/calls/${id}/answer`, {});
    await line.settled();
    expect(line.published('CallParticipantAdded')).toHaveLength(1);
    line.timers.advance(60_000);
    expect(await line.report(id)).toMatchObject({ state: 'connected' });
  });

  test('and the app answers for the user', async () => {
    const { id, context } = await line.ring();
    await line.client.redirectCall(context, { targetParticipant: { communicationUserId: user } });
    const second = String(line.published('IncomingCall').at(-1)!.data['incomingCallContext']);
    await line.client.answerCall(second, line.callback);
    await line.app.told('CallConnected');
    expect((await line.report(id)).participants.map(({ state }) => state)).toEqual(['connected', 'left']);
  });
});

describe('who may call', () => {
  test.each([
    [subscriber, '+14255550199', 'one of our numbers that can be called'],
    [tollFree, local, '"from" must be a subscriber'],
    ['bakery', local, 'neither a phone number'],
  ])('%s cannot call %s', async (from, to, words) => {
    const { status, body } = await line.admin('POST', '/calls', { from, to });
    expect([status, body.detail]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('a user of a browser', () => {
  test('calls us, and events tell of it as of no telephone', async () => {
    const { id, call } = await line.answer(user);
    await line.settled();
    expect(line.published('CallStarted')).toMatchObject([
      { subject: expect.stringMatching(/^call\/.*\/startedBy\/8:acs:/), data: { correlationId: id } },
    ]);
    expect(line.published('CallParticipantAdded')).toMatchObject([
      { data: { user: { communicationIdentifier: { communicationUser: { id: user } } } } },
    ]);
    line.timers.advance(49_700);
    await call.hangUp(true);
    await line.settled();
    expect(line.published('CallParticipantRemoved')).toHaveLength(1);
    expect(line.published('CallEnded')).toMatchObject([
      { data: { callDurationInSeconds: 49.7, durationOfCall: 49.7, endedBy: { type: 'Participant' } } },
    ]);
  });

  test('is called, and declines', async () => {
    const { callConnectionProperties } = await line.client.createCall(
      { targetParticipant: { communicationUserId: user } },
      line.callback,
    );
    await line.admin('POST', `/calls/${callConnectionProperties.correlationId}/decline`, {});
    expect(await line.app.told('CreateCallFailed')).toMatchObject({ resultInformation: { code: 603 } });
    expect(line.published('CallStarted')).toEqual([]);
  });
});

test('a telephone alone makes no such events', async () => {
  const { call } = await line.answer();
  await call.hangUp(true);
  await line.settled();
  const kinds = line.eventGrid.published.map(({ eventType }) => eventType.replace('Microsoft.Communication.', ''));
  expect(kinds).toEqual(['IncomingCall']);
});

describe('a switch', () => {
  test('lets a late answer be taken back by an event', async () => {
    line.dials.change({ switches: { lateAnswer: 'event' } });
    const { id, context } = await line.ring();
    await line.admin('DELETE', `/calls/${id}`);
    const { callConnection } = await line.client.answerCall(context, line.callback, { operationContext: 'o' });
    expect(await line.app.told('AnswerFailed')).toMatchObject({
      operationContext: 'o',
      resultInformation: { code: 404 },
    });
    await expect(callConnection.hangUp(true)).rejects.toMatchObject({ statusCode: 404 });
  });

  test('lets codes be words', async () => {
    line.dials.change({ switches: { callErrorCode: 'word' } });
    await expect(line.client.rejectCall('eyJ.a.b')).rejects.toMatchObject({ statusCode: 400, code: 'InvalidArgument' });
  });

  test('lets a call that is over be terminated and not gone', async () => {
    line.dials.change({ switches: { endedCall: 'terminated' } });
    const { id, call } = await line.answer();
    await line.admin('DELETE', `/calls/${id}`);
    await expect(call.hangUp(true)).rejects.toMatchObject({ statusCode: 400, code: '8528' });
  });
});

test('a call, too, may befall what befalls a text', async () => {
  line.dials.change({ calls: { status429: 1, retryAfterSeconds: 7 } });
  const { context } = await line.ring();
  const refused = line.client.answerCall(context, line.callback);
  await expect(refused).rejects.toMatchObject({ statusCode: 429, code: '8516' });
  line.dials.change({ calls: { status429: 0, status5xx: 1 } });
  await expect(line.client.answerCall(context, line.callback)).rejects.toMatchObject({ statusCode: 500 });
  line.dials.change({ calls: { status5xx: 0, lostAnswer: 1 } });
  await expect(line.client.answerCall(context, line.callback)).rejects.toThrow();
  await line.app.told('CallConnected');
});

test('a request that nobody signed is denied', async () => {
  const response = await fetch(`${line.url}/calling/callConnections/x`);
  expect(response.status).toBe(401);
  expect(line.log.at(-1)).toMatchObject({ event: 'acs.denied' });
});
