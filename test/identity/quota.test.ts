import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AppError } from '../../shared/core/errors.ts';
import { spend } from '../../shared/identity/quota.ts';
import { refreshAt } from '../../shared/identity/refreshAt.ts';

const hour = 3_600_000;
const now = 1_795_485_600_000;

function refusal(issued: readonly number[], at: number, perHour: number): AppError | undefined {
  try {
    spend(issued, at, perHour);
    return undefined;
  } catch (error) {
    return error as AppError;
  }
}

test('the last of the hour is given, the next refused with the seconds until there is room', () => {
  const issued = [now - 1_800_000, now - 60_000];
  expect(spend(issued, now, 3)).toEqual([...issued, now]);
  expect(refusal([...issued, now], now, 3)).toMatchObject({ code: 'token-limit', retryAfter: 1_800 });
});

test('what is an hour old counts no more and is forgotten', () => {
  expect(spend([now - hour - 5, now - hour], now, 1)).toEqual([now]);
});

test('a row kept under a larger limit waits until enough of it has left', () => {
  const issued = [now - 3_000_000, now - 2_000_000, now - 1_000_000];
  expect(refusal(issued, now, 1)?.retryAfter).toBe(2_600);
});

const instants = fc.array(fc.integer({ min: 1, max: 5 * hour }), { minLength: 1, maxLength: 60 });

test('no hour, wherever it begins, has more than the limit; and after Retry-After it goes through', () =>
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 5 }), (wanted, perHour) => {
      const given: number[] = [];
      let row: readonly number[] = [];
      for (const at of wanted.toSorted((a, b) => a - b)) {
        const refused = refusal(row, at, perHour);
        if (refused === undefined) {
          row = spend(row, at, perHour);
          given.push(at);
        } else {
          const wait = (refused.retryAfter ?? 0) * 1_000;
          expect(refusal(row, at + wait, perHour)).toBeUndefined();
          expect(refusal(row, at + wait - 1_000, perHour)).toBeDefined();
        }
      }
      for (const from of given)
        expect(given.filter((at) => at >= from && at < from + hour).length).toBeLessThanOrEqual(perHour);
    }),
  ));

test.each([
  ['an hour', 60, 50],
  ['a day', 1_440, 1_430],
  ['a quarter', 15, 7.5],
  ['a minute', 1, 0.5],
])('a token of %s (%i min) is renewed after %i', (_, minutes, after) => {
  expect(refreshAt(now + minutes * 60_000, now)).toBe(now + after * 60_000);
});
