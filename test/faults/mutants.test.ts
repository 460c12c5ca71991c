import { expect, test } from 'vitest';
import { mutants } from '../simulation/mutants.ts';
import { everyFault } from './matrix.ts';
import { pairs, walk } from './pairs.ts';
import { scenarios } from './scenarios.ts';
import type { Mutant } from './uses.ts';

const named = ([mutant, where]: readonly [Mutant, string]) => [mutant.name, where, mutant] as const;

/** A rule taken away, and the scenario in which a fault has to show it. */
const byFaults: readonly (readonly [Mutant, scenario: string])[] = [
  [mutants.existsMeansDone, 'a text and its reply'],
  [mutants.newIdEachTime, 'a text and its reply'],
  [mutants.errorsPassedOver, 'a text that is delivered again after its worker died sending'],
  [mutants.failedForSure, 'a reply, and STOP before it is taken up again'],
  [mutants.noLookAtStop, 'STOP while a reply waits for its wake'],
  [mutants.mergeThatMakes, 'an erase, with texts on their way'],
  [mutants.eraseWithoutWake, 'an erase, with texts on their way'],
  [mutants.commitBehindTheErase, 'an erase, with texts on their way'],
  [mutants.resendWithoutNumber, 'a message sent anew by hand'],
];

test.each(byFaults.map(named))('%s is noticed by “%s”', { timeout: 60_000 }, async (_, name, mutant) => {
  const { failures } = await everyFault(scenarios.find((each) => each.name === name)!, mutant);
  expect(failures).not.toEqual([]);
});

/** The same for two workers at once. */
const byPairs: readonly (readonly [Mutant, pair: string])[] = [
  [mutants.headWithoutETag, 'a text and a report that teaches an opt-out'],
  [mutants.resendWithoutNumber, 'two clicks on “send anew”'],
];

test.each(byPairs.map(named))('%s is noticed by “%s”', { timeout: 60_000 }, async (_, name, mutant) => {
  const { failures } = await walk(pairs.find((each) => each.name === name)!, mutant);
  expect(failures).not.toEqual([]);
});
