import type { DequeuedMessageItem } from '@azure/storage-queue';
import { expect, test } from 'vitest';
import { decodeText, encodeText, metadataOf, textsOf } from '../../../local/functionsHost/queueMessage.ts';
import { typed } from '../../../local/functionsHost/rpc.ts';

test.each([
  ['none', 'aGk=', 'aGk='],
  ['base64', 'aGk=', 'hi'],
  ['base64', '4oKs', '€'],
  ['base64', '', ''],
  ['base64', 'hi', undefined],
  ['base64', 'not base64!', undefined],
] as const)('with the encoding %s, %j reads as %j', (encoding, text, read) => {
  expect(decodeText(text, encoding)).toBe(read);
});

test('what is encoded reads back', () => {
  expect(decodeText(encodeText('{"a":"€"}', 'base64'), 'base64')).toBe('{"a":"€"}');
});

test.each([
  ['words', ['words']],
  ['"words"', ['"words"']],
  ['{"a":1}', ['{"a":1}']],
  ['["a",{"b":1}]', ['a', '{\n  "b": 1\n}']],
  [{ a: 1 }, ['{\n  "a": 1\n}']],
  [
    ['a', 2, [3]],
    ['a', '2', '[\n  3\n]'],
  ],
  [[], []],
  [42, ['42']],
  [true, ['true']],
])('the output %j becomes the messages %j', (value, texts) => {
  expect(textsOf(typed(value))).toEqual(texts);
});

test('bytes are one message', () => {
  expect(textsOf({ bytes: Buffer.from('hi') })).toEqual(['hi']);
});

const message = {
  messageId: 'm1',
  popReceipt: 'p1',
  dequeueCount: 2,
  messageText: '',
  insertedOn: new Date('2026-11-24T02:00:00Z'),
  expiresOn: new Date('2026-12-01T02:00:00Z'),
  nextVisibleOn: new Date('2026-11-24T02:00:30Z'),
} satisfies DequeuedMessageItem;

test('a message is told by its metadata', () => {
  expect(metadataOf(message, 'hi')).toEqual({
    id: { string: 'm1' },
    popReceipt: { string: 'p1' },
    dequeueCount: { int: 2 },
    insertionTime: { string: '2026-11-24T02:00:00+00:00' },
    expirationTime: { string: '2026-12-01T02:00:00+00:00' },
    nextVisibleTime: { string: '2026-11-24T02:00:30+00:00' },
    queueTrigger: { string: 'hi' },
  });
});

test('the fields of a JSON message go over those of its metadata', () => {
  const metadata = metadataOf(message, '{"Id":7,"misses":1,"key":{"a":1}}');
  expect(metadata).toMatchObject({
    Id: { int: 7 },
    misses: { int: 1 },
    key: { json: '{"a":1}' },
    dequeueCount: { int: 2 },
  });
  expect(metadata).not.toHaveProperty('id');
});

test.each(['[1]', '7', '"x"', 'null'])('%s has no fields', (text) => {
  expect(Object.keys(metadataOf(message, text))).toHaveLength(7);
});
