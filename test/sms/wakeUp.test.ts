import { expect, test } from 'vitest';
import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import { smsWorld } from '../support/smsWorld.ts';

test('an erase that is written down after its wake has looked, and whose process then dies, is finished by a second look', async () => {
  const world = smsWorld();
  await world.text('hours');
  const { store } = world.services;
  const commit: typeof store.commit = async (change) => {
    await world.advance(61_000);
    await store.commit(change);
    return new Promise(() => {});
  };
  void eraseConversation(world.conversation, 'agent:ada', { ...world.services, store: { ...store, commit } });
  await world.settled();
  expect(await world.timeline()).toHaveLength(2);
  await world.advance(600_000);
  expect(world.table.entities().map(({ row }) => row)).toEqual(['head']);
  expect(world.inboxTable.entities()).toEqual([]);
  expect(world.wakes).toEqual([]);
});
