import { expect, test } from 'vitest';
import { inWords, laneAccounts } from './matrix.ts';
import { pairs, walk } from './pairs.ts';

test.each(pairs.map((pair) => [pair.name, pair] as const))('all interleavings of %s', { timeout: 120_000 }, async (_, pair) => {
  const [account] = await laneAccounts();
  const begun = performance.now();
  const { walked, failures } = await walk(pair, account!);
  console.log(walked, 'walked', performance.now() - begun, process.cpuUsage().user / 1e6);
  expect(inWords(failures)).toBe('');
});
