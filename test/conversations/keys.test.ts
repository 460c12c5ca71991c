import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  atOf,
  conversationIdOf,
  conversationOf,
  entryIdOf,
  entryKeyOf,
  inboxKeyOf,
  parseConversationId,
  parseEntryKey,
  parseTag,
  repeatabilityIdOf,
  tagOf,
} from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks } from '../../shared/core/time.ts';

const anInstant = fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n }).map(asTicks);
const anId = fc.string().map((messageId) => entryIdOf({ type: 'inbound', messageId }));
const aRank = fc.constantFrom('reply' as const, 'other' as const);
const conversation = conversationIdOf('key', '+18005550100' as PhoneNumber, '+14255550101' as PhoneNumber);

test('of two entries the later one comes first, to 100 ns', () =>
  fc.assert(
    fc.property(anInstant, anInstant, aRank, aRank, anId, anId, (a, b, rankA, rankB, idA, idB) => {
      fc.pre(a !== b);
      expect(entryKeyOf(a, rankA, idA) < entryKeyOf(b, rankB, idB)).toBe(a > b);
    }),
    { numRuns: 10_000 },
  ));

test('a reply stands after the message of its own instant', () =>
  fc.assert(
    fc.property(anInstant, anId, anId, (at, inbound, reply) => {
      expect(entryKeyOf(at, 'reply', reply) < entryKeyOf(at, 'other', inbound)).toBe(true);
    }),
  ));

test('a key gives back its instant, a tag its conversation and key', () =>
  fc.assert(
    fc.property(anInstant, aRank, anId, (at, rank, id) => {
      const key = entryKeyOf(at, rank, id);
      expect(atOf(key)).toBe(at);
      expect(parseEntryKey(key)).toBe(key);
      expect(tagOf(conversation, key)).toHaveLength(58);
      expect(parseTag(tagOf(conversation, key))).toEqual({ conversation, key });
      expect(conversationOf(inboxKeyOf(at, conversation))).toBe(conversation);
    }),
  ));

test('keys hold no character that a table refuses', () =>
  fc.assert(
    fc.property(anInstant, aRank, anId, (at, rank, id) => {
      expect(entryKeyOf(at, rank, id)).toMatch(/^[\w-]+$/);
      expect(inboxKeyOf(at, conversation)).toMatch(/^[\w-]+$/);
    }),
  ));

test('the same cause makes the same entry, another cause another', () => {
  const replyTo = entryIdOf({ type: 'replyTo', messageId: 'm1' });
  expect(entryIdOf({ messageId: 'm1', type: 'replyTo' })).toBe(replyTo);
  expect(entryIdOf({ type: 'inbound', messageId: 'm1' })).not.toBe(replyTo);
  expect(entryIdOf({ type: 'replyTo', messageId: 'm2' })).not.toBe(replyTo);
});

test('a conversation id tells no number, and is the same both times only under the same key', () => {
  expect(conversation).toMatch(/^[\w-]{22}$/);
  const again = conversationIdOf('key', '+18005550100' as PhoneNumber, '+14255550101' as PhoneNumber);
  const swapped = conversationIdOf('key', '+14255550101' as PhoneNumber, '+18005550100' as PhoneNumber);
  const otherKey = conversationIdOf('other', '+18005550100' as PhoneNumber, '+14255550101' as PhoneNumber);
  expect(again).toBe(conversation);
  expect(new Set([conversation, swapped, otherKey]).size).toBe(3);
});

test('an epoch has one repeatability id, which is a UUID', () => {
  const key = entryKeyOf(asTicks(1n), 'other', entryIdOf({ type: 'inbound', messageId: 'm1' }));
  expect(repeatabilityIdOf(key, 1)).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  expect(repeatabilityIdOf(key, 1)).toBe(repeatabilityIdOf(key, 1));
  expect(repeatabilityIdOf(key, 2)).not.toBe(repeatabilityIdOf(key, 1));
});

test.each(['', 'order-77', 'x.y', `${conversation}.`, `${conversation}.e123`])('%j is no tag of ours', (tag) => {
  expect(parseTag(tag)).toBeUndefined();
});

test.each(['', 'short', '+14255550101aaaaaaaaaa', "' or PartitionKey ne '"])('%j is no conversation id', (text) => {
  expect(parseConversationId(text)).toBeUndefined();
});
