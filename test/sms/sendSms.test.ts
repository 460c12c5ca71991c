import { expect, test } from 'vitest';
import { statusOf } from '../../shared/conversations/status.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { resendSms } from '../../shared/sms/resendSms.ts';
import { sendSms } from '../../shared/sms/sendSms.ts';
import { local, subscriber, tollFree } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

type World = ReturnType<typeof smsWorld>;

const send = (world: World, text = 'We saved you a loaf.', idempotencyKey?: string, agent = 'ada') =>
  sendSms({ service: local, subscriber, text, agent, idempotencyKey }, world.services);

const refused = { type: 'refused', code: 'recipient-400', reason: 'Bad number.', optedOut: false } as const;
const tooMany = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' } as const;

test('an agent’s message leaves, begins the conversation and holds it', async () => {
  const world = smsWorld();
  const { conversation, message, repeated } = await send(world);
  expect(conversation).toBe(world.conversation);
  expect([statusOf(message), repeated]).toEqual(['accepted', false]);
  expect(await world.head()).toMatchObject({
    mode: 'agent',
    modeUntil: start + 3_600_000,
    preview: 'We saved you a loaf.',
  });
  expect(world.inboxTable.entities()).toHaveLength(1);
});

test('while an agent holds the conversation the bot is quiet, and afterwards answers again', async () => {
  const world = smsWorld();
  await send(world);
  await world.text('hours', { id: '1' });
  await world.advance(3_600_000);
  await world.text('hours', { id: '2' });
  expect(world.sent.map((sms) => sms.text)).toEqual(['We saved you a loaf.', 'We are open 9 to 5.']);
});

test('a reply that waits is not sent once an agent has taken over', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  await send(world);
  await world.advance(60_000);
  expect(world.sent.map((sms) => sms.text)).toEqual(['We are open 9 to 5.', 'We saved you a loaf.']);
  expect((await world.outbound()).find(({ purpose }) => purpose === 'answer')).toMatchObject({ endCode: 'taken-over' });
});

test('an agent’s message stands after what is there, even on a clock that is behind', async () => {
  const world = smsWorld();
  await world.text('hours', { at: ticksOf(start + 5_000) });
  await send(world);
  expect((await world.timeline())[0]).toEqual(['accepted', 'We saved you a loaf.']);
});

test('a repeated request makes nothing and tells what the first one made', async () => {
  const world = smsWorld();
  const first = await send(world, 'Hello.', 'key-1');
  const second = await send(world, 'Hello.', 'key-1');
  expect(second).toEqual({ ...first, repeated: true });
  expect(world.sent).toHaveLength(1);
});

test('the same request many times at once makes one message', async () => {
  const world = smsWorld();
  const all = await Promise.all(Array.from({ length: 8 }, () => send(world, 'Hello.', 'key-1')));
  expect(world.sent).toHaveLength(1);
  expect(new Set(all.map(({ message }) => message.key)).size).toBe(1);
});

test('the same key with another text is an error, and another agent’s same key is not', async () => {
  const world = smsWorld();
  await send(world, 'Hello.', 'key-1');
  await expect(send(world, 'Goodbye.', 'key-1')).rejects.toMatchObject({ code: 'idempotency-mismatch' });
  await send(world, 'Goodbye.', 'key-1', 'bob');
  expect(world.sent).toHaveLength(2);
});

test('nothing is sent to a subscriber who has opted out, but what a key made before is still told', async () => {
  const world = smsWorld();
  const first = await send(world, 'Hello.', 'key-1');
  await world.text('STOP', { at: ticksOf(start + 1) });
  await expect(send(world)).rejects.toMatchObject({ code: 'opted-out' });
  expect(await send(world, 'Hello.', 'key-1')).toMatchObject({ message: { key: first.message.key }, repeated: true });
});

test('what may not be sent is refused with its reason, and nothing is made of it', async () => {
  const world = smsWorld({ settings: { sendingHours: [] } });
  await expect(send(world)).rejects.toMatchObject({ code: 'outside-hours' });
  expect(await world.timeline()).toEqual([]);
  expect(world.wakes).toEqual([]);
});

test('our own numbers are not texted', async () => {
  const world = smsWorld();
  const request = { service: local, subscriber: tollFree, text: 'Hello.', agent: 'ada' };
  await expect(sendSms(request, world.services)).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a commit whose answer was lost is our own, and is sent at once', async () => {
  const world = smsWorld();
  world.trouble.conversations.push('echo');
  const { message, repeated } = await send(world, 'Hello.', 'key-1');
  expect([statusOf(message), repeated]).toEqual(['accepted', false]);
  expect(world.sent).toHaveLength(1);
});

test('a message whose process died after the commit is sent by its wake, under the same id', async () => {
  const world = smsWorld();
  world.behaviours.push('hang');
  void send(world);
  await world.settled();
  await world.advance(61_000);
  expect(world.sent).toHaveLength(2);
  expect(world.sent[1]).toEqual(world.sent[0]);
  expect(await world.timeline()).toEqual([['accepted', 'We saved you a loaf.']]);
});

test('a message whose process died before the commit leaves a wake that looks twice and ends', async () => {
  const world = smsWorld();
  world.trouble.conversations.push('fail');
  await expect(send(world)).rejects.toMatchObject({ code: 'storage-failed' });
  await world.advance(660_000);
  expect(world.wakes).toEqual([]);
  expect(world.sent).toEqual([]);
});

test('without a wake nothing is committed', async () => {
  const world = smsWorld();
  world.trouble.wakes.push('fail');
  await expect(send(world)).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await world.timeline()).toEqual([]);
});

test('a failed message is sent anew once, however often it is asked for with the same number', async () => {
  const world = smsWorld();
  world.behaviours.push(refused);
  const { conversation, message } = await send(world);
  expect(statusOf(message)).toBe('failed');
  const again = (number: number) =>
    resendSms({ conversation, entry: message.key, number, agent: 'ada' }, world.services);
  await Promise.all([again(0), again(0)]);
  await again(0);
  expect(await world.timeline()).toEqual([
    ['accepted', 'We saved you a loaf.'],
    ['failed', 'We saved you a loaf.'],
  ]);
  expect((await world.outbound())[0]).toMatchObject({ resendOf: message.key });
  expect((await world.outbound())[1]).toMatchObject({ resends: 1 });
  await again(1);
  expect(world.sent).toHaveLength(3);
});

test('only what failed or is unknown is sent anew', async () => {
  const world = smsWorld();
  const { conversation, message } = await send(world);
  const resend = { conversation, entry: message.key, number: 0, agent: 'ada' };
  await expect(resendSms(resend, world.services)).rejects.toMatchObject({ code: 'conflict' });
});

test('a request that stood still between two tries makes nothing: its caller may have been refused meanwhile', async () => {
  const world = smsWorld();
  const { store } = world.services;
  const stale = async () => world.advance(31_000).then(() => ({ type: 'changed' }) as const);
  const sending = sendSms(
    { service: local, subscriber, text: 'Hello.', agent: 'ada', idempotencyKey: 'key-1' },
    { ...world.services, store: { ...store, commit: stale } },
  );
  await expect(sending).rejects.toMatchObject({ code: 'busy', retryable: true });
  expect(world.wakes).toHaveLength(2);
});
