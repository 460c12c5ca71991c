import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { subscriber, tollFree } from '../../acs/anAcs.ts';
import { agent, aLine, type Line, phone, text, user } from '../../acs/calls/aLine.ts';

let line: Line;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(() => line.fresh());
afterAll(() => line.close());

test('a call is listed as it stands, with what was said and what the app was told', async () => {
  const { id, media, properties } = await line.answer();
  await media.playToAll([text('Welcome.')]);
  await line.app.told('PlayCompleted');
  await line.settled();
  const { body } = await line.admin('GET', '/calls');
  const at = new Date(line.timers.now()).toISOString();
  expect(body.calls).toEqual([
    {
      id,
      direction: 'inbound',
      from: subscriber,
      to: tollFree,
      state: 'connected',
      startedAt: at,
      connectedAt: at,
      serverCallId: properties.serverCallId,
      callConnectionId: properties.callConnectionId,
      connectionState: 'connected',
      waitsFor: [],
      participants: [{ who: subscriber, state: 'connected', isMuted: false, isOnHold: false }],
      said: [{ at, text: 'Welcome.' }],
      recordings: [],
      callbacks: ['CallConnected', 'ParticipantsUpdated', 'PlayStarted', 'PlayCompleted'].map((type) => ({
        id: expect.any(String),
        type: `Microsoft.Communication.${type}`,
        time: expect.any(String),
        attempts: [{ at, outcome: '200' }],
      })),
    },
  ]);
  expect(await line.report(String(properties.callConnectionId))).toMatchObject({ id });
});

test('a handset does what it was told', async () => {
  expect(await line.admin('PUT', `/handsets/${agent}`, { does: 'busy' })).toMatchObject({ status: 204 });
  await line.admin('PUT', `/handsets/${user}`, { does: 'decline' });
  expect((await line.admin('GET', '/handsets')).body).toEqual({
    handsets: { [`4:${agent}`]: 'busy', [user]: 'decline' },
  });
});

test('a handset does what the dial says that was told nothing', async () => {
  line.dials.change({ calls: { handset: 'answer', handsetMs: 0 } });
  await line.client.createCall({ targetParticipant: phone(agent), sourceCallIdNumber: phone(tollFree) }, line.callback);
  await line.app.told('CallConnected');
});

test('what a handset would have done is off once somebody has acted on it', async () => {
  line.dials.change({ calls: { handset: 'answer' } });
  const created = await line.client.createCall(
    { targetParticipant: phone(agent), sourceCallIdNumber: phone(tollFree) },
    line.callback,
  );
  await line.admin('POST', `/calls/${created.callConnectionProperties.correlationId}/decline`, {});
  await line.app.told('CreateCallFailed');
  await line.settled();
});

test('of several handsets that ring, one can be named', async () => {
  const created = await line.client.createGroupCall([phone(agent), phone(subscriber)], line.callback, {
    sourceCallIdNumber: phone(tollFree),
  });
  const id = created.callConnectionProperties.correlationId!;
  await line.admin('POST', `/calls/${id}/answer`, { who: subscriber });
  await line.admin('POST', `/calls/${id}/busy`, {});
  expect((await line.report(id)).participants).toMatchObject([
    { who: agent, state: 'left' },
    { who: subscriber, state: 'connected' },
  ]);
});

test('whoever is on hold is heard by nobody', async () => {
  const { id, media } = await line.answer();
  await media.hold(phone(subscriber));
  await media.startRecognizing(phone(subscriber), { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 1 });
  await line.press(id, 'one');
  await line.admin('POST', `/calls/${id}/speech`, { text: 'hello?' });
  await line.settled();
  expect(line.app.types()).not.toContain('RecognizeCompleted');
});

test('hanging up again is no fault', async () => {
  const { id } = await line.answer();
  const statuses = [1, 2].map(async () => (await line.admin('DELETE', `/calls/${id}`)).status);
  expect(await Promise.all(statuses)).toEqual([204, 204]);
});

const unknown = '00000000-0000-4000-8000-000000000000';

test.each([
  ['POST', '/calls', { from: subscriber }, 400, 'to: '],
  ['GET', `/calls/${unknown}`, undefined, 404, 'GET /admin/calls'],
  ['POST', `/calls/${unknown}/tones`, { tones: ['one'] }, 404, 'GET /admin/calls'],
  ['POST', '/calls/{id}/tones', { tones: ['#'] }, 400, '"pound"'],
  ['POST', '/calls/{id}/tones', { tones: ['one'], from: agent }, 400, 'is not on the call'],
  ['POST', '/calls/{id}/speech', {}, 400, 'text: '],
  ['POST', '/calls/{id}/answer', {}, 400, 'No such handset rings'],
  ['DELETE', '/calls/{id}?who=14255550177', undefined, 400, 'is not on the call'],
  ['PUT', '/handsets/bakery', { does: 'busy' }, 400, 'neither a phone number'],
  ['PUT', `/handsets/${agent}`, { does: 'explode' }, 400, '"decline"'],
] as const)('%s %s with %j is a problem that says what to change', async (method, path, body, status, words) => {
  const { id } = await line.answer();
  const answer = await line.admin(method, path.replace('{id}', id), body);
  expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(words) } });
});

test('a call that nobody has answered hears no keys', async () => {
  const { id } = await line.ring();
  expect(await line.press(id, 'one')).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('ringing') },
  });
});

test('of calls that are over, the last thousand are remembered', async () => {
  const { id: stands } = await line.ring();
  const first = (await line.ring()).id;
  const hangUp = (id: string) => line.admin('DELETE', `/calls/${id}`);
  await hangUp(first);
  for (let count = 0; count < 1_000; count += 1) {
    const { body } = await line.admin('POST', '/calls', { from: subscriber, to: tollFree });
    await hangUp(body.id);
  }
  expect(await line.report(first)).toMatchObject({ id: first });
  await line.ring();
  expect(await line.admin('GET', `/calls/${first}`)).toMatchObject({ status: 404 });
  expect(await line.report(stands)).toMatchObject({ state: 'ringing' });
});
