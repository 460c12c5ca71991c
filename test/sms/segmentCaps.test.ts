import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spend } from '../../shared/sms/segmentCaps.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = 1_795_485_600_000;
const cap = { segments: 10, within: day };

test.each<[string | undefined, number, number, string | undefined]>([
  [undefined, 1, start, `${start}:1`],
  ['', 10, start, `${start}:10`],
  [undefined, 11, start, undefined],
  [`${start}:9`, 1, start + 1, `${start + 1}:10`],
  [`${start}:9`, 2, start + 1, undefined],
  [`${start}:4`, 3, start + hour, `${start}:4,${start + hour}:3`],
  [`${start}:4`, 3, start - hour, `${start}:7`],
  [`${start}:10`, 1, start + day - 1, undefined],
  [`${start}:10`, 10, start + day, `${start + day}:10`],
  [`${start}:6,${start + hour}:4`, 6, start + day, `${start + hour}:4,${start + day}:6`],
])('spent %j, and %i more at %i: %j', (spent, segments, now, after) => {
  expect(spend(spent, segments, now, cap)).toBe(after);
});

interface Text {
  /** Milliseconds since the one before; negative when another process's clock is behind. */
  readonly later: number;
  readonly segments: number;
}

const aText = (earliest: number): fc.Arbitrary<Text> =>
  fc.record({ later: fc.integer({ min: earliest, max: 3 * hour }), segments: fc.integer({ min: 1, max: 4 }) });

/** Texts as they come, those that were admitted with their times, and the column after each. */
function run(texts: readonly Text[]) {
  const seen: { now: number; segments: number; admitted: boolean }[] = [];
  let [now, spent] = [start, ''];
  for (const { later, segments } of texts) {
    now += later;
    const next = spend(spent, segments, now, cap);
    seen.push({ now, segments, admitted: next !== undefined });
    spent = next ?? spent;
  }
  return { seen, spent };
}

const sumWithin = (seen: ReturnType<typeof run>['seen'], from: number, to: number): number =>
  seen.reduce((sum, { now, segments, admitted }) => (admitted && now > from && now <= to ? sum + segments : sum), 0);

describe('whatever comes when', () => {
  test('no span of time holds more than the cap, even where clocks go back', () => {
    const keepsTo = fc.property(fc.array(aText(-2 * hour), { maxLength: 60 }), (texts) => {
      const { seen } = run(texts);
      for (const { now } of seen) expect(sumWithin(seen, now - cap.within, now)).toBeLessThanOrEqual(cap.segments);
    });
    fc.assert(keepsTo, { numRuns: 1_000 });
  });

  test('a text is refused only if the span and one step before it leave no room', () => {
    const isFair = fc.property(fc.array(aText(0), { maxLength: 60 }), (texts) => {
      const { seen } = run(texts);
      for (const [n, { now, segments, admitted }] of seen.entries())
        if (!admitted)
          expect(sumWithin(seen.slice(0, n), now - cap.within - hour, now) + segments).toBeGreaterThan(cap.segments);
    });
    fc.assert(isFair, { numRuns: 1_000 });
  });

  test('the column stays short', () => {
    const texts = Array.from({ length: 5_000 }, () => ({ later: 7 * 60_000, segments: 1 }));
    let spent = '';
    for (const [n, { segments }] of texts.entries())
      spent = spend(spent, segments, start + n * 7 * 60_000, { segments: 1_000_000, within: day }) ?? spent;
    expect(spent.split(',').length).toBeLessThanOrEqual(25);
    expect(spent.length).toBeLessThan(500);
  });
});

test('a changed span is kept to from the next text on', () => {
  const spent = Array.from({ length: 24 }, (_, n) => `${start + n * hour}:1`).join();
  const now = start + day;
  expect(spend(spent, 1, now, { segments: 24, within: 2 * day })).toBeUndefined();
  expect(spend(spent, 1, now, { segments: 10, within: 9 * hour })).toBeDefined();
  expect(spend(spent, 1, now, { segments: 1, within: 0 })).toBe(`${now}:1`);
});
