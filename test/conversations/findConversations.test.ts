import { expect, test } from 'vitest';
import { findConversations, numbersMeant } from '../../shared/conversations/findConversations.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld } from '../support/smsWorld.ts';

test.each([
  ['+14255550101', ['+14255550101']],
  ['+1 (425) 555-0101', ['+14255550101']],
  ['1.425.555.0101', ['+14255550101']],
  ['425 555 0101', ['+14255550101', '+4255550101']],
  ['0044 20 7946 0000', ['+442079460000']],
  ['011 44 20 7946 0000', ['+442079460000']],
  ['12345', ['12345']],
  ['ann', []],
  ['+1 425', []],
  ['0170 1234567', []],
  ['', []],
])('%j means %j', (text, numbers) => {
  expect(numbersMeant(text)).toEqual(numbers);
});

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
