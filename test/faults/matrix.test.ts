import { expect, test } from 'vitest';
import { everyFault, inWords } from './matrix.ts';
import { scenarios } from './scenarios.ts';

const named = scenarios.map((scenario) => [scenario.name, scenario] as const);

test.each(named)('every fault at every request of %s', { timeout: 120_000 }, async (_, scenario) => {
  const { cases, failures } = await everyFault(scenario);
  expect(inWords(failures)).toBe('');
  expect(cases).toBeGreaterThan(5);
});
