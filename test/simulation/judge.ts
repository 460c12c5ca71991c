import { consentRules } from './judgeConsent.ts';
import { erasureRules } from './judgeErasure.ts';
import { flagRules } from './judgeFlags.ts';
import { outageRules } from './judgeOutage.ts';
import { sendingRules } from './judgeSending.ts';
import { storedRules } from './judgeStored.ts';
import { outcomeOf, type Rules } from './outcome.ts';
import type { World } from './world.ts';

/** A rule of the design that did not hold. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
}

const rules: Rules = {
  ...storedRules,
  ...sendingRules,
  ...consentRules,
  ...erasureRules,
  ...flagRules,
  ...outageRules,
};

/** Judges a run that has come to rest, by the carrier's log and the tables. */
export function judge(world: World): readonly Violation[] {
  const outcome = outcomeOf(world);
  const violations: Violation[] = [];
  for (const rule in rules) for (const what of rules[rule]!(outcome)) violations.push({ rule, what });
  return violations;
}
