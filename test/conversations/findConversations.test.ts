import { expect, test } from 'vitest';
import { findConversations } from '../../shared/conversations/findConversations.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld } from '../support/smsWorld.ts';

test('a conversation is found by one head for each pair of numbers', async () => {
  const { services, conversation, text } = smsWorld();
  await text('hours');
  let heads = 0;
  const head: typeof services.store.head = (id) => {
    heads += 1;
    return services.store.head(id);
  };
  const store = { ...services.store, head };
  const find = (who: PhoneNumber) =>
    findConversations([who], [local, '+18005550199' as PhoneNumber], { ...services, store });
  expect((await find(subscriber)).map(({ id }) => id)).toEqual([conversation]);
  expect(await find('+14255550199' as PhoneNumber)).toEqual([]);
  expect(heads).toBe(4);
});
