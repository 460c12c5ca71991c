import { expect, test } from 'vitest';
import { sendSms } from '../../shared/sms/sendSms.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const tooMany = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' } as const;

/** Its wake is long past, and has failed. */
async function aWaitingReply(late = 6_000) {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  const [{ wake } = { wake: undefined }] = world.wakes.splice(0);
  if (wake === undefined) throw new Error('no wake was armed');
  await world.advance(late);
  return { world, wake };
}

test('a message whose next try has a wake of its own is left to it', async () => {
  const { world, wake } = await aWaitingReply(0);
  await world.settleWake(wake);
  expect((await world.timeline())[0]?.[0]).toBe('queued');
});

test('a message whose wake failed too often ends, with the reason, and calls for a person', async () => {
  const { world, wake } = await aWaitingReply();
  await world.settleWake(wake);
  expect(await world.outbound()).toMatchObject([{ endedAs: 'failed', endCode: 'gave-up' }]);
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'wake.gave-up', alarm: true }));
});

test('one that may have left ends as unknown', async () => {
  const world = smsWorld();
  await world.textAndDie('hours');
  await world.text('hours');
  const { wake } = world.wakes[0]!;
  await world.advance(34_000);
  await world.settleWake(wake);
  expect(world.settling).toEqual([{ wake, at: start + 35_000 }]);
  world.wakes.splice(0);
  await world.advance(2_000);
  await world.settleWake(wake);
  expect((await world.timeline())[0]?.[0]).toBe('unknown');
});

test('when it cannot be ended it is queued again, never dropped', async () => {
  const { world, wake } = await aWaitingReply();
  world.trouble.conversations.push('fail');
  await world.settleWake(wake);
  expect(world.settling).toEqual([{ wake, at: world.now() + 60_000 }]);
});

test('when the queue fails too it throws, and the queue brings it again', async () => {
  const { world, wake } = await aWaitingReply();
  world.trouble.conversations.push('fail');
  world.trouble.wakes.push('fail');
  await expect(world.settleWake(wake)).rejects.toMatchObject({ code: 'storage-failed' });
});

test('a message that is finished is left as it is', async () => {
  const { world, wake } = await aWaitingReply();
  world.wakes.push({ wake, at: world.now() });
  await world.advance(0);
  await world.advance(60_000);
  await world.settleWake(wake);
  expect((await world.timeline())[0]?.[0]).toBe('accepted');
});

test('a conversation that an agent began is shown even if every wake for it failed', async () => {
  const world = smsWorld();
  await sendSms({ service: local, subscriber, text: 'Hello.', agent: 'ada' }, world.services);
  const [{ wake } = { wake: undefined }] = world.wakes.splice(0);
  const key = (await world.head())?.inboxKey ?? '';
  await world.inboxTable.transact(local, [{ type: 'delete', row: key }]);
  await world.settleWake(wake!);
  expect(world.inboxTable.entities().map(({ row }) => row)).toEqual([key]);
});
