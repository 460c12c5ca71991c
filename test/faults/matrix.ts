import { accounts } from './accounts.ts';
import { type Fault, faults } from './faults.ts';
import { type Mishap, play, type Ran } from './run.ts';
import type { Scenario } from './scenario.ts';
import type { Mutant } from './uses.ts';

/** What did not hold, in a message that says where to look. */
export interface Failure {
  readonly where: string;
  readonly ran: Ran;
}

/** So many runs go on beside each other, each lane in accounts of its own, so that waiting for nobody's answer costs little. */
const lanes = 4;

/** Every fault, or every one among some, at every effect of the scenario's worker. With a mutant it ends once something does not hold. */
export async function everyFault(
  scenario: Scenario,
  mutant?: Mutant,
  among: readonly Fault[] = faults,
): Promise<{ cases: number; failures: Failure[] }> {
  const calm = await play(scenario, { account: await accounts()(), mutant });
  const failures: Failure[] = [];
  if (calm.wrong.length > 0) failures.push({ where: `${scenario.name}, undisturbed`, ran: calm });
  const mishaps = calm.effects.flatMap((effect, n) =>
    among.filter(({ at }) => at(effect)).map((fault) => ({ fault, effect: effect.name, n })),
  );
  const left = mishaps.values();
  const walk = async () => {
    const account = accounts();
    for (const mishap of left) {
      if (mutant !== undefined && failures.length > 0) return;
      const ran = await befallen(scenario, { account: await account(), mutant, mishap });
      if (ran.wrong.length > 0) failures.push({ where: whereOf(scenario, ran, mishap), ran });
    }
  };
  await Promise.all(Array.from({ length: lanes }, walk));
  return { cases: mishaps.length, failures };
}

/** `n`: how many effects come before it. */
type Placed = Mishap & { readonly n: number };

/** A machine that is busy may time out where nothing was to go wrong, so that the effect does not come: then once more. */
async function befallen(scenario: Scenario, terms: Parameters<typeof play>[1]): Promise<Ran> {
  for (let tries = 0; tries < 3; tries++) {
    const ran = await play(scenario, terms);
    if (ran.wrong.length > 0 || ran.effects.some(({ name }) => name === terms.mishap?.effect)) return ran;
  }
  return { effects: [], wrong: ['the effect never came'], story: [] };
}

function whereOf({ name }: Scenario, { effects }: Ran, { fault, effect, n }: Placed): string {
  const { method, path } = effects.find((each) => each.name === effect) ?? { method: '', path: '' };
  return `${name}, request ${n + 1} (${effect}; ${method} ${path}): ${fault.name}`;
}

export const inWords = (failures: readonly Failure[]): string =>
  failures
    .map(({ where, ran: { wrong, story } }, n) => [where, ...wrong, ...(n === 0 ? story : [])].join('\n    '))
    .join('\n');
