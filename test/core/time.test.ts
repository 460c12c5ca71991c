import { expect, test } from 'vitest';
import { isoOf, msOf, parseTicks, ticksOf } from '../../shared/core/time.ts';

test.each([
  ['1970-01-01T00:00:00Z', 0n],
  ['2026-11-24T02:00:00.32Z', 17_954_856_003_200_000n],
  ['2026-11-24T02:00:20.2855749Z', 17_954_856_202_855_749n],
  ['2026-11-24T02:00:20.28557499Z', 17_954_856_202_855_749n],
  ['2026-11-24T04:00:20.2855749+02:00', 17_954_856_202_855_749n],
])('%s is %d steps of 100 ns', (text, ticks) => {
  expect(parseTicks(text)).toBe(ticks);
});

test.each(['', 'yesterday', '2026-11-24', '2026-13-24T00:00:00Z', '1969-12-31T23:59:59Z', '2026-11-24T02:00:00'])(
  '%j is no instant',
  (text) => {
    expect(parseTicks(text)).toBeUndefined();
  },
);

test('milliseconds go in and come out', () => {
  expect(msOf(ticksOf(1_795_485_600_320))).toBe(1_795_485_600_320);
  expect(isoOf(ticksOf(1_795_485_600_320))).toBe('2026-11-24T02:00:00.320Z');
});
