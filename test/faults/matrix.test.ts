import { expect, test } from 'vitest';
import { everyFault, inWords } from './matrix.ts';
import { scenarios } from './scenarios.ts';

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', { timeout: 300_000 }, async (_, scenario) => {
  const { cases, failures } = await everyFault(scenario);
  console.log(cases, process.cpuUsage().user / 1e6);
  expect(inWords(failures)).toBe('');
});
