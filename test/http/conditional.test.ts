import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedEncoding, isKnown } from '../../shared/http/conditional.ts';

test.each([
  [undefined, false],
  ['', false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b" ,W/"a"', true],
  ['*', true],
  ['a', false],
  ['"A"', false],
  ['"ab"', false],
  ['"b"', false],
])('a caller with %s has "a" already: %s', (known, is) => {
  expect(isKnown('"a"', known)).toBe(is);
  expect(isKnown('W/"a"', known)).toBe(is);
});

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['br;q=0.1, gzip;q=1', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br ; q=0.000, gzip ; q=0.5', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0', 'identity'],
  ['gzip;q=0', 'identity'],
  ['deflate, zstd', 'identity'],
  ['identity', 'identity'],
  ['brotli', 'identity'],
])('whoever takes %j gets %s', (header, encoding) => {
  expect(acceptedEncoding(header, ['br', 'gzip', 'identity'])).toBe(encoding);
});

test('what is not offered is never sent, and nothing is thrown', () =>
  fc.assert(
    fc.property(fc.string(), fc.subarray(['br', 'gzip'] as const), (header, offered) => {
      expect(['identity', ...offered]).toContain(acceptedEncoding(header, offered));
      expect(isKnown('"a"', header)).toBeTypeOf('boolean');
    }),
  ));
