import { expect, test } from 'vitest';
import { applyRetention } from '../../shared/conversations/applyRetention.ts';
import { smsWorld } from '../support/smsWorld.ts';

const day = 86_400_000;
const entries = (world: ReturnType<typeof smsWorld>) => world.table.entities().filter(({ row }) => row.startsWith('e'));

test('a conversation that was quiet for longer than it is kept is erased', async () => {
  const world = smsWorld({ settings: { retention: 30 * day } });
  await world.text('hours');
  await world.advance(30 * day - 1_000);
  await applyRetention(world.services);
  expect(entries(world)).toHaveLength(2);
  await world.advance(2_000);
  await applyRetention(world.services);
  expect(entries(world)).toEqual([]);
  expect(world.inboxTable.entities()).toEqual([]);
});

test('one that goes on is kept whole, however long ago it began', async () => {
  const world = smsWorld({ settings: { retention: 30 * day } });
  await world.text('hours', { id: 'first' });
  await world.advance(29 * day);
  await world.text('hours', { id: 'second' });
  await world.advance(29 * day);
  await applyRetention(world.services);
  expect(entries(world)).toHaveLength(4);
});

test('without a retention everything is kept', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.advance(5_000 * day);
  await applyRetention(world.services);
  expect(entries(world)).toHaveLength(2);
});
