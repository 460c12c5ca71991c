import { expect, test } from 'vitest';
import { inWords } from './matrix.ts';
import { pairs, walk } from './pairs.ts';

const named = pairs.map(
  (pair) => [pair.most === undefined ? 'all' : `the first ${pair.most}`, pair.name, pair] as const,
);

test.each(named)('%s interleavings of %s', { timeout: 120_000 }, async (_, __, pair) => {
  const { walked, failures } = await walk(pair);
  expect(inWords(failures)).toBe('');
  expect(walked).toBeGreaterThan(1);
});
