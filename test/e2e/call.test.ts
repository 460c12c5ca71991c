import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../support/realWorld.ts';
import {
  type CallStage,
  caller,
  callStage,
  counter,
  type SeenEntry,
  saidWhenNobodyComes,
  service,
  stepsOf,
  user,
} from './callStage.ts';

let stage: CallStage;
beforeAll(async () => {
  stage = await callStage();
});
afterAll(() => stage.close());
afterEach(async () => {
  await stage.admin('POST', '/reset');
  stage.world.dials.change({ calls: { promptScale: 0, handsetMs: 0 } });
});

test('a caller chooses a link by a key and gets it as a text', async () => {
  const id = await stage.ring();
  expect(await stage.call(id)).toMatchObject({ state: 'connected', waitsFor: ['recognize'] });
  await stage.press(id, 'one');
  expect(await stage.said(id)).toEqual(['Welcome.', 'Goodbye.']);
  expect(await stage.call(id)).toMatchObject({ state: 'ended' });
  expect(stage.sent()).toEqual(['https://example.com']);
  const [entry] = await stage.entries();
  expect(entry).toMatchObject({ outcome: 'answered', direction: 'inbound', seconds: expect.any(Number) });
  expect(stepsOf(entry!)).toEqual(['welcome: 1', 'link', 'bye']);
});

test('what is said chooses as keys do', async () => {
  const id = await stage.ring();
  await stage.admin('POST', `/calls/${id}/speech`, { text: 'Link!' });
  await stage.world.settled();
  expect(stage.sent()).toEqual(['https://example.com']);
  expect(stepsOf((await stage.entries())[0]!)).toEqual(['welcome: link', 'link', 'bye']);
});

test('digits are kept, and # ends fewer', async () => {
  const id = await stage.ring();
  await stage.press(id, 'five');
  await stage.press(id, 'four', 'two', 'pound');
  expect(stepsOf((await stage.entries())[0]!)).toEqual(['welcome: 5', 'order: 42', 'bye']);
});

test('wrong keys and silence are asked again, and lead on in the end', async () => {
  const id = await stage.ring();
  await stage.press(id, 'nine');
  stage.world.dials.change({ calls: { waitScale: 0.005 } });
  await stage.press(id, 'nine');
  await stage.when(id, 'the message', ({ waitsFor, said }) => said.length > 4 && waitsFor.length > 0);
  expect((await stage.said(id)).slice(0, 5)).toEqual([
    'Welcome.',
    'Once more.',
    'Once more.',
    'After the tone.',
    'tone.wav',
  ]);
});

async function leaveMessage(): Promise<string> {
  const id = await stage.ring();
  await stage.press(id, 'two');
  expect(await stage.said(id)).toEqual(['Welcome.', 'After the tone.', 'tone.wav']);
  // It lasts as long as somebody speaks, in real time.
  await new Promise((spoken) => setTimeout(spoken, 1_200));
  await stage.press(id, 'pound');
  await stage.world.settled();
  return id;
}

test('a message is recorded, kept, served in parts, and gone from the provider', async () => {
  await leaveMessage();
  const [entry] = await stage.entries();
  expect(entry).toMatchObject({ outcome: 'voicemail', recording: { seconds: 1 } });
  const path = await pathOf(entry!);
  const whole = await stage.ask('GET', path);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  expect([whole.status, whole.headers.get('content-type'), bytes.length]).toEqual([
    200,
    'audio/wav',
    entry!.recording!.bytes,
  ]);
  const part = await stage.ask('GET', path, { headers: { range: 'bytes=4-7' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-7/${bytes.length}`]);
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(4, 8));
  const none = await stage.ask('GET', path, { headers: { range: `bytes=${bytes.length}-` } });
  expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
  const there = stage.world.logged.filter(({ message }) => `${message}`.includes('call.recording')).at(-1);
  expect(there?.['message']).toContain('"kept":true');
});

test('a recording that comes in parts is kept whole', async () => {
  stage.world.dials.change({ calls: { recordingChunkSeconds: 1 } });
  await leaveMessage();
  const [told] = filesTold();
  expect(told).toHaveLength(2);
  const [entry] = await stage.entries();
  expect(entry).not.toHaveProperty('recordingLost');
  // More than the first part, and one header for all.
  expect(entry!.recording!.bytes).toBeGreaterThan(44 + 32_000);
  const whole = await recordingOf(entry!);
  expect(Buffer.from(whole).readUInt32LE(40)).toBe(whole.length - 44);
});

test('two messages on one call are both kept and served, the first one where there was only one', async () => {
  const id = await stage.ring();
  await stage.press(id, 'six');
  await stage.press(id, 'pound');
  await new Promise((spoken) => setTimeout(spoken, 300));
  await stage.press(id, 'pound');
  expect(await stage.said(id)).toEqual(['Welcome.', 'First.', 'tone.wav', 'After the tone.', 'tone.wav', 'Goodbye.']);
  expect(filesTold()).toHaveLength(2);
  // Where the call was being changed, Event Grid has to come again.
  const entry = await until('both messages', async () => {
    const [call] = await stage.entries();
    return call?.recordings.length === 2 ? call : undefined;
  });
  const [first, second] = entry.recordings;
  expect(second!.bytes).toBeGreaterThan(first!.bytes);
  const served = [undefined, first!.id, second!.id].map(async (each) => (await recordingOf(entry, each)).length);
  expect(await Promise.all(served)).toEqual([first!.bytes, first!.bytes, second!.bytes]);
  const none = await stage.ask('GET', `${await pathOf(entry)}?recording=${'x'.repeat(16)}`);
  expect(none.status).toBe(404);
});

/** The parts of each recording that Event Grid told of. */
const filesTold = () =>
  stage.world.eventGrid
    .events()
    .filter(({ event }) => event.eventType.endsWith('RecordingFileStatusUpdated'))
    .map(
      ({ event }) =>
        (event.data as { recordingStorageInfo: { recordingChunks: unknown[] } }).recordingStorageInfo.recordingChunks,
    );

const pathOf = async ({ id }: SeenEntry) => `/conversations/${await stage.conversation()}/recordings/${id}`;

async function recordingOf(entry: SeenEntry, recording?: string): Promise<Uint8Array> {
  const path = await pathOf(entry);
  const answer = await stage.ask('GET', recording === undefined ? path : `${path}?recording=${recording}`);
  return new Uint8Array(await answer.arrayBuffer());
}

test('a recording whose event comes again is kept as it was, and alarms nobody', async () => {
  await leaveMessage();
  const before = (await stage.entries())[0];
  const told = stage.world.eventGrid
    .events()
    .find(({ event }) => event.eventType.endsWith('RecordingFileStatusUpdated'));
  stage.world.eventGrid.redeliver(told!.event.id);
  await stage.world.settled();
  expect((await stage.entries())[0]).toEqual(before);
  expect(stage.world.logged.filter(({ message }) => `${message}`.includes('event.dropped'))).toEqual([]);
});

test('erasing a conversation takes its recording too', async () => {
  await leaveMessage();
  const [entry] = await stage.entries();
  const conversation = await stage.conversation();
  expect((await stage.ask('DELETE', `/conversations/${conversation}`)).status).toBe(200);
  expect((await stage.ask('GET', `/conversations/${conversation}/recordings/${entry!.id}`)).status).toBe(404);
});

test('erasing a conversation during its call ends the call, with no text', async () => {
  const id = await stage.ring();
  expect((await stage.ask('DELETE', `/conversations/${await stage.conversation()}`)).status).toBe(200);
  await stage.press(id, 'one');
  expect(await stage.call(id)).toMatchObject({ state: 'ended' });
  expect([await stage.said(id), stage.sent()]).toEqual([['Welcome.'], []]);
});

test('a call that nobody takes at the counter comes back', async () => {
  await stage.admin('PUT', `/handsets/${counter}`, { does: 'decline' });
  const id = await stage.ring();
  await stage.press(id, 'three');
  expect(await stage.said(id)).toEqual(['Welcome.', 'One moment.', 'Nobody is there.', 'After the tone.', 'tone.wav']);
  await stage.admin('DELETE', `/calls/${id}`);
  await stage.world.settled();
  expect(stepsOf((await stage.entries())[0]!)).toEqual(['welcome: 3', 'counter', 'nobody', 'message']);
});

test('a call that is taken at the counter is theirs', async () => {
  await stage.admin('PUT', `/handsets/${counter}`, { does: 'answer' });
  const id = await stage.ring();
  await stage.press(id, 'three');
  expect(await stage.entries()).toMatchObject([{ outcome: 'transferred' }]);
  expect(await stage.call(id)).toMatchObject({ state: 'connected' });
});

test('of a call that is passed to a browser, the timeline says when it was taken and when it was over', async () => {
  await stage.admin('PUT', `/handsets/${user}`, { does: 'answer' });
  const id = await stage.ring();
  await stage.press(id, 'four');
  const [taken] = await stage.entries();
  expect(taken).toMatchObject({ outcome: 'transferred', passedOnAt: expect.any(String) });
  expect(taken).not.toHaveProperty('passedOnUntil');
  await stage.admin('DELETE', `/calls/${id}`);
  await stage.world.settled();
  expect((await stage.entries())[0]).toMatchObject({ passedOnUntil: expect.any(String) });
});

test('whoever hangs up before choosing is told that we are sorry', async () => {
  const id = await stage.ring();
  await stage.admin('DELETE', `/calls/${id}`);
  await stage.world.settled();
  expect(await stage.entries()).toMatchObject([{ outcome: 'abandoned' }]);
  expect(stage.sent()).toEqual(['Sorry we missed you.']);
});

test('a caller who is gone before we answer is missed', async () => {
  stage.world.dials.change({ eventGrid: { delayMs: 200 } });
  const { id } = await stage.admin<{ id: string }>('POST', '/calls', { from: caller, to: service });
  await stage.admin('DELETE', `/calls/${id}`);
  await stage.world.settled();
  expect(await stage.entries()).toMatchObject([{ outcome: 'missed' }]);
  expect(stage.sent()).toEqual(['Sorry we missed you.']);
});

test('a blocked caller is rejected and gets no text', async () => {
  const id = await stage.ring('+14255550166');
  expect(await stage.call(id)).toMatchObject({ state: 'ended', said: [] });
  expect(await stage.entries('+14255550166')).toMatchObject([{ outcome: 'rejected' }]);
  expect(stage.sent('+14255550166')).toEqual([]);
});

test('an agent has the bot call, once for a key', async () => {
  await stage.admin('PUT', `/handsets/${caller}`, { does: 'answer' });
  const asked = {
    headers: { 'idempotency-key': 'k-1' },
    body: { from: service, to: caller, flow: 'ready' },
  };
  const first = await stage.ask('POST', '/calls', asked);
  const again = await stage.ask('POST', '/calls', asked);
  expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 202, 'true']);
  await stage.world.settled();
  const { calls } = await stage.admin<{ calls: { id: string }[] }>('GET', '/calls');
  expect(calls).toHaveLength(1);
  expect(await stage.said(calls[0]!.id)).toEqual(['Your order is ready.']);
  expect(await stage.entries()).toMatchObject([{ outcome: 'answered', direction: 'outbound' }]);
});

test.each([
  ['twice', { callbacks: { duplicate: 1 } }],
  ['out of order', { callbacks: { reorderMs: 60 } }],
  ['several at once', { callbacks: { batch: 10, delayMs: 30 } }],
  ['only after several tries', { callbacks: { drop: 0.4 } }],
])('callbacks that come %s do no harm', async (_, calls) => {
  stage.world.dials.change({ timeScale: 100, calls, switches: { callbackRetries: 10 } });
  await stage.admin('PUT', `/handsets/${counter}`, { does: 'busy' });
  const id = await stage.ring();
  await stage.press(id, 'three');
  await stage.press(id, 'pound');
  expect(await stage.call(id)).toMatchObject({ state: 'ended' });
  expect(await stage.said(id)).toEqual(saidWhenNobodyComes);
  expect(await stage.entries()).toMatchObject([{ outcome: 'voicemail', recording: { seconds: expect.any(Number) } }]);
});

test('what is told before the answer to our own command is taken up, at once', async () => {
  stage.world.dials.change({ calls: { callbacks: { early: 1 } } });
  await stage.admin('PUT', `/handsets/${counter}`, { does: 'busy' });
  const before = stage.world.logged.length;
  const id = await stage.ring();
  await stage.press(id, 'three');
  await stage.press(id, 'pound');
  // No command waited for its own answer until its deadline.
  const logged = stage.world.logged.slice(before).map(({ message }) => `${message}`);
  expect(logged.filter((line) => line.includes('ambiguous'))).toEqual([]);
  expect(await stage.said(id)).toEqual(saidWhenNobodyComes);
  expect(await stage.entries()).toMatchObject([{ outcome: 'voicemail', recordings: [{ seconds: 0 }] }]);
});

test('a ring that is told three times is answered once', async () => {
  stage.world.dials.change({ eventGrid: { duplicate: 1, duplicateCount: 2 } });
  const id = await stage.ring();
  await stage.press(id, 'one');
  expect(await stage.said(id)).toEqual(['Welcome.', 'Goodbye.']);
  expect(await stage.entries()).toHaveLength(1);
  expect(stage.sent()).toHaveLength(1);
});

test('two calls at once do not meet', async () => {
  const other = '+14255550124';
  const [one, two] = [await stage.ring(), await stage.ring(other)];
  await stage.press(two, 'five');
  await stage.press(one, 'one');
  await stage.press(two, 'seven', 'pound');
  expect(stepsOf((await stage.entries())[0]!)).toEqual(['welcome: 1', 'link', 'bye']);
  expect(stepsOf((await stage.entries(other))[0]!)).toEqual(['welcome: 5', 'order: 7', 'bye']);
  expect([stage.sent().length, stage.sent(other).length]).toEqual([1, 0]);
});
