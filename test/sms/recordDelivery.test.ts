import { expect, test } from 'vitest';
import { ticksOf } from '../../shared/core/time.ts';
import { replyKeyOf } from '../../shared/sms/draftReply.ts';
import { type DeliveryReport, recordDelivery } from '../../shared/sms/recordDelivery.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

type World = ReturnType<typeof smsWorld>;

const key = replyKeyOf({ messageId: 'hours', service: local, subscriber, text: 'hours', at: ticksOf(start) });
const report = (world: World, columns: Partial<DeliveryReport> = {}) =>
  recordDelivery(
    {
      conversation: world.conversation,
      key,
      providerId: 'Outgoing_1',
      delivered: true,
      at: start + 9_000,
      reason: 'No error.',
      optedOut: false,
      ...columns,
    },
    world.services,
  );

test('a delivered text is known to be delivered', async () => {
  const world = smsWorld();
  await world.text('hours');
  await report(world);
  expect((await world.timeline())[0]?.[0]).toBe('delivered');
});

test('a report that comes before the mark is not undone by it', async () => {
  const world = smsWorld();
  await world.textAndDie('hours');
  await report(world);
  await world.advance(40_000);
  await world.text('hours');
  expect((await world.timeline())[0]?.[0]).toBe('delivered');
  expect(world.sent).toHaveLength(1);
});

test('a text that was not delivered has failed, and says why', async () => {
  const world = smsWorld();
  await world.text('hours');
  await report(world, { delivered: false, reason: 'Unreachable.' });
  expect(await world.outbound()).toMatchObject([{ undeliveredReason: 'Unreachable.' }]);
  expect((await world.timeline())[0]?.[0]).toBe('failed');
});

test('whatever the order of reports, delivered stays delivered', async () => {
  const world = smsWorld();
  await world.text('hours');
  await report(world);
  await report(world, { delivered: false, reason: 'Unreachable.' });
  expect((await world.timeline())[0]?.[0]).toBe('delivered');
});

test('a report settles what was unknown', async () => {
  const world = smsWorld({ settings: { ambiguousSends: 'never' } });
  world.behaviours.push({ type: 'ambiguous', reason: 'no answer' });
  await world.text('hours');
  expect((await world.timeline())[0]?.[0]).toBe('unknown');
  await report(world);
  expect((await world.timeline())[0]?.[0]).toBe('delivered');
});

test('a report of a block teaches the opt-out', async () => {
  const world = smsWorld();
  await world.text('hours');
  await report(world, { delivered: false, reason: 'Sender blocked for given recipient.', optedOut: true });
  expect((await world.head())?.stopAt).toBe(ticksOf(start - 15_000));
  expect((await world.timeline())[0]?.[0]).toBe('failed');
});

test('a report brings nothing back that is gone', async () => {
  const world = smsWorld();
  await report(world);
  await report(world, { delivered: false, optedOut: true });
  expect(world.table.entities()).toEqual([]);
});
