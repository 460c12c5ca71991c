import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsNobody, type Raised, withFlag, withoutEntries, withoutFlags } from '../../shared/conversations/flags.ts';
import { type EntryKey, entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { anOutbound } from '../support/smsValues.ts';

const now = 1_795_485_600_000;
/** The entry of that second; a later one has a lower key. */
const entry = (second: number): EntryKey =>
  entryKeyOf(ticksOf(now + second * 1_000), 'other', entryIdOf({ type: 'inbound', messageId: `m${second}` }));
const all = (seconds: readonly number[]) =>
  seconds.reduce<readonly Raised[]>((raised, second) => withFlag(raised, 'failed', entry(second)), []);

describe('a flag', () => {
  test('knows the entries that raised it, latest first, each once', () => {
    expect(all([1, 3, 1, 2])).toEqual([{ flag: 'failed', entries: [entry(3), entry(2), entry(1)] }]);
  });

  test('knows the latest five, and that there are others', () => {
    expect(all([1, 2, 3, 4, 5, 6])).toEqual([{ flag: 'failed', entries: [6, 5, 4, 3, 2].map(entry), others: true }]);
  });

  test('is the same in whatever order its entries come', () => {
    const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(seconds, (order) => {
        expect(all(order)).toEqual(all(order.toSorted()));
      }),
    );
  });

  test('goes down with the last of its entries, and leaves other flags alone', () => {
    const raised = withFlag(all([1, 2]), 'unknown', entry(3));
    const [one, none] = [withoutEntries(raised, [entry(1)]), withoutEntries(raised, [entry(1), entry(2)])];
    expect(one).toEqual(withFlag(all([2]), 'unknown', entry(3)));
    expect(none).toEqual([{ flag: 'unknown', entries: [entry(3)] }]);
  });

  test('that stands for others too goes down by a person alone', () => {
    const seconds = [1, 2, 3, 4, 5, 6];
    const raised = withoutEntries(all(seconds), seconds.map(entry));
    expect(raised).toEqual([{ flag: 'failed', entries: [], others: true }]);
    expect(withoutFlags(raised, ['failed'])).toEqual([]);
  });

  test('that nobody touches is the same, so that nothing is written', () => {
    const raised = all([1]);
    expect(withoutEntries(raised, [entry(2)])).toBe(raised);
    expect(withoutFlags(raised, ['unknown'])).toBe(raised);
  });
});

test.each([
  ['accepted', { endedAs: 'unknown', acceptedAt: now }, true],
  ['delivered', { endedAs: 'unknown', deliveredAt: now }, true],
  ['unknown', { endedAs: 'unknown' }, false],
  ['failed', { undeliveredAt: now }, false],
] as const)('a message that is %s needs somebody or not', (_, columns, nobody) => {
  expect(needsNobody(anOutbound(columns))).toBe(nobody);
});

test('a message that was erased needs nobody', () => {
  expect(needsNobody(undefined)).toBe(true);
});
