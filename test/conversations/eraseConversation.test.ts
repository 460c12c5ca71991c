import { expect, test } from 'vitest';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import { exportConversation } from '../../shared/conversations/exportConversation.ts';
import { requestKeyOf } from '../../shared/conversations/keys.ts';
import { listConversations } from '../../shared/conversations/listConversations.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { recordDelivery } from '../../shared/sms/recordDelivery.ts';
import { sendSms } from '../../shared/sms/sendSms.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

type World = ReturnType<typeof smsWorld>;

const tooMany = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' } as const;
const erase = (world: World) => eraseConversation(world.conversation, 'agent:ada', world.services);
const rows = (world: World, kind: RegExp) => world.table.entities().filter(({ row }) => kind.test(row));
const send = (world: World, text: string) =>
  sendSms({ service: local, subscriber, text, agent: 'ada', idempotencyKey: 'key-1' }, world.services);

test('nothing is left but consent, its history and what keeps late events out', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.text('STOP', { at: ticksOf(start + 1) });
  const erasedAt = await erase(world);
  expect(rows(world, /^e/)).toEqual([]);
  expect(world.inboxTable.entities()).toEqual([]);
  expect(rows(world, /^head$/)[0]?.columns).toEqual({
    service: local,
    stopAt: ticksOf(start + 1),
    last: erasedAt,
    erasedAt,
  });
  expect(rows(world, /^c/)).toHaveLength(1);
  expect(
    JSON.stringify(world.table.entities(), (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
  ).not.toContain(subscriber.slice(1));
});

test('a text that was sent before and arrives later is not kept and not answered', async () => {
  const world = smsWorld();
  await world.text('hours');
  await erase(world);
  await world.text('what?', { at: ticksOf(start - 1_000) });
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
  expect(rows(world, /^e/)).toEqual([]);
});

test('a STOP that was sent before and arrives later still counts', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.advance(5_000);
  await erase(world);
  await world.text('STOP', { at: ticksOf(start + 2_000) });
  await world.advance(1_000);
  await world.text('hours', { id: 'later' });
  expect(world.sent).toHaveLength(1);
  expect((await world.head())?.stopAt).toBe(ticksOf(start + 2_000));
});

test('a conversation begins anew with the next text, greeted and in the inbox', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.advance(1_000);
  await erase(world);
  await world.advance(1_000);
  await world.text('hours', { id: 'later' });
  const listed = await listConversations({ service: local, size: 10 }, world.services);
  expect(listed.items).toMatchObject([{ head: { subscriber, preview: 'hours' } }]);
  expect(await world.timeline()).toHaveLength(2);
});

test('a late report and a late mark bring nothing back', async () => {
  const world = smsWorld();
  await world.text('hours');
  const [{ key } = { key: undefined }] = await world.outbound();
  await erase(world);
  const { conversation } = world;
  const report = { conversation, key: key!, providerId: 'x', delivered: true, at: start, reason: '', optedOut: false };
  await recordDelivery(report, world.services);
  expect(rows(world, /^e/)).toEqual([]);
});

test('a reply that waits is gone, and its wake ends', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  await erase(world);
  await world.advance(3_600_000);
  expect(world.sent).toHaveLength(1);
  expect(world.wakes).toEqual([]);
});

test('what stands ahead of our clock is erased too', async () => {
  const world = smsWorld();
  await world.text('hours', { at: ticksOf(start + 60_000) });
  expect(await erase(world)).toBe(ticksOf(start + 60_000));
  expect(rows(world, /^e/)).toEqual([]);
});

test('a process that dies after the head leaves a wake that finishes it', async () => {
  const world = smsWorld();
  await world.text('hours');
  world.trouble.conversations.push('none', 'fail');
  await expect(erase(world)).rejects.toMatchObject({ code: 'storage-failed' });
  expect(rows(world, /^e/)).not.toEqual([]);
  await world.advance(61_000);
  expect(rows(world, /^e/)).toEqual([]);
  expect(world.inboxTable.entities()).toEqual([]);
});

test('without a wake nothing is erased', async () => {
  const world = smsWorld();
  await world.text('hours');
  world.trouble.wakes.push('fail');
  await expect(erase(world)).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await world.timeline()).toHaveLength(2);
});

test('a client that repeats a request from before sends nothing anew, and its row says nothing of the text and goes in time', async () => {
  const world = smsWorld();
  await send(world, 'Hello.');
  await erase(world);
  await expect(send(world, 'Hello.')).rejects.toMatchObject({ code: 'not-found' });
  expect(world.sent).toHaveLength(1);
  expect(rows(world, /^k/)).toMatchObject([{ row: requestKeyOf('ada', 'key-1') }]);
  expect(rows(world, /^k/)[0]?.columns).not.toHaveProperty('bodyHash');
  await world.advance(world.services.settings.requestKept + 1_000);
  expect(rows(world, /^k/)).toEqual([]);
  expect(world.wakes).toEqual([]);
});

test('hundreds of entries go, in batches', async () => {
  const world = smsWorld({ settings: { replyBudget: { replies: 1_000, within: 1 } } });
  for (let n = 0; n < 130; n++) await world.text('hours', { id: `${n}`, at: ticksOf(start + n) });
  expect(rows(world, /^e/)).toHaveLength(260);
  await erase(world);
  expect(rows(world, /^e/)).toEqual([]);
});

test('erasing twice, at once and again, is erasing', async () => {
  const world = smsWorld();
  await world.text('hours');
  await Promise.all([erase(world), erase(world)]);
  await erase(world);
  expect(rows(world, /^e/)).toEqual([]);
});

test('nobody is not erased', async () => {
  await expect(erase(smsWorld())).rejects.toMatchObject({ code: 'not-found' });
});

test('an export holds everything, and nothing of an erased conversation', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.text('STOP', { at: ticksOf(start + 1) });
  const reach = { ...world.services, timeline: timeline(world.table) };
  const { head, history, entries } = await exportConversation(world.conversation, reach);
  expect([head.subscriber, history.length, entries.length]).toEqual([subscriber, 1, 4]);
  await erase(world);
  await expect(exportConversation(world.conversation, reach)).rejects.toMatchObject({ code: 'not-found' });
});
