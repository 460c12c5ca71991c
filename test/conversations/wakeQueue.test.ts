import { expect, test } from 'vitest';
import { parseWake } from '../../shared/conversations/wakeQueue.ts';

const conversation = 'abcdefghijklmnopqrst_-';
const key = 'e820450492000000000abcdefghijklmnop';

test('a wake is read as it was put', () => {
  expect(parseWake({ conversation, key })).toEqual({ conversation, key });
  expect(parseWake({ conversation, key, misses: 2, more: true })).toEqual({ conversation, key, misses: 2 });
});

test.each([
  [undefined],
  [null],
  ['wake'],
  [42],
  [[]],
  [{}],
  [{ conversation }],
  [{ key }],
  [{ conversation: 'short', key }],
  [{ conversation, key: 'head' }],
  [{ conversation, key, misses: -1 }],
  [{ conversation, key, misses: 0.5 }],
  [{ conversation, key, misses: '1' }],
])('%j is none', (message) => {
  expect(parseWake(message)).toBeUndefined();
});
