import { expect, test } from 'vitest';
import { held } from './held.ts';
import { profiles } from './profiles.ts';

/** What half of the two processors does, in about half a minute; `run.ts` is for more. */
test.each([
  ['low', 8_000],
  ['mid', 10_000],
  ['high', 6_000],
  ['thrifty', 3_000],
] as const)('in the weather “%s”, %i schedules break no rule', { timeout: 600_000 }, async (name, schedules) => {
  const { left } = await held({ profile: profiles[name], from: 1, schedules });
  // Rules about texts say nothing where none leave.
  expect(left).toBeGreaterThan(schedules);
});
