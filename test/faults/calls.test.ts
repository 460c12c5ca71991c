import { expect, test } from 'vitest';
import { callMutants } from './callMutants.ts';
import { callPairs } from './callPairs.ts';
import { callScenarios } from './callScenarios.ts';
import { faultsOfCalls } from './faults.ts';
import { everyFault, inWords } from './matrix.ts';
import { walk } from './pairs.ts';
import type { Mutant } from './uses.ts';

const named = callScenarios.map((scenario) => [scenario.name, scenario] as const);

test.each(named)('every fault at every request of %s', { timeout: 120_000 }, async (_, scenario) => {
  const { cases, failures } = await everyFault(scenario, undefined, faultsOfCalls);
  expect(inWords(failures)).toBe('');
  expect(cases).toBeGreaterThan(5);
});

const pairs = callPairs.map(
  (pair) => [pair.most === undefined ? 'all' : `the first ${pair.most}`, pair.name, pair] as const,
);

test.each(pairs)('%s interleavings of %s', { timeout: 120_000 }, async (_, __, pair) => {
  const { walked, failures } = await walk(pair);
  expect(inWords(failures)).toBe('');
  expect(walked).toBeGreaterThan(1);
});

/** A rule taken away, and the scenario in which a fault has to show it. */
const mutants: readonly (readonly [Mutant, scenario: string])[] = [
  [callMutants.commandNumberIgnored, 'silence, after which it asks again'],
  [callMutants.commandedAfterTheEnd, 'a caller who hangs up and gets a text'],
  [callMutants.removedBeforeKept, 'a recording that is taken over'],
  [callMutants.nobodyWatches, 'a call that is connected, and asks its caller'],
];

test.each(mutants.map(([mutant, where]) => [mutant.name, where, mutant] as const))(
  '%s is noticed by “%s”',
  { timeout: 60_000 },
  async (_, name, mutant) => {
    const { failures } = await everyFault(callScenarios.find((each) => each.name === name)!, mutant, faultsOfCalls);
    expect(failures).not.toEqual([]);
  },
);

test('a call that is moved on whatever it has become is noticed by “the same callback twice”', {
  timeout: 60_000,
}, async () => {
  const { failures } = await walk(
    callPairs.find(({ name }) => name === 'the same callback twice')!,
    callMutants.movedWithoutETag,
  );
  expect(failures).not.toEqual([]);
});
