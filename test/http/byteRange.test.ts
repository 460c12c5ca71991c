import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedRange } from '../../shared/http/byteRange.ts';

test.each<[string | undefined, ReturnType<typeof askedRange>]>([
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=2-5', { from: 2, to: 5 }],
  ['bytes=9-9', { from: 9, to: 9 }],
  ['bytes=5-', { from: 5, to: 9 }],
  ['bytes=5-10', { from: 5, to: 9 }],
  ['bytes=0-99999999999999999999999', { from: 0, to: 9 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-10', { from: 0, to: 9 }],
  ['bytes=-99999999999999999999999', { from: 0, to: 9 }],
  ['Bytes=2-5', { from: 2, to: 5 }],
  [' bytes=2-5 ', { from: 2, to: 5 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=10-12', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [undefined, undefined],
  ['', undefined],
  ['bytes=', undefined],
  ['bytes=-', undefined],
  ['bytes=5-2', undefined],
  ['bytes=0-1,4-5', undefined],
  ['bytes=0-1, -1', undefined],
  ['bytes=a-b', undefined],
  ['bytes=0x1-2', undefined],
  ['bytes=1.5-2', undefined],
  ['bytes=--2', undefined],
  ['bytes 0-1/10', undefined],
  ['seconds=0-1', undefined],
])('of ten bytes %j asks for %j', (header, asked) => {
  expect(askedRange(header, 10)).toEqual(asked);
});

test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('of nothing, %j cannot be had', (header) => {
  expect(askedRange(header, 0)).toBe('unsatisfiable');
});

test('what is asked for is there', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.option(fc.nat(30)), fc.option(fc.nat(30))).map(([a, b]) => `bytes=${a ?? ''}-${b ?? ''}`),
      ),
      fc.nat(20),
      (header, size) => {
        const asked = askedRange(header, size);
        if (asked === undefined || asked === 'unsatisfiable') return;
        expect(asked.from).toBeGreaterThanOrEqual(0);
        expect(asked.to).toBeGreaterThanOrEqual(asked.from);
        expect(asked.to).toBeLessThan(size);
      },
    ),
  ));
