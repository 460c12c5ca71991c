import { expect, test } from 'vitest';
import { held } from './held.ts';
import { profiles } from './profiles.ts';

/** What the other half does. */
test.each([
  ['freeze', 8_000],
  ['never', 5_000],
  ['watch', 5_000],
  ['edge', 5_000],
  ['twins', 3_000],
] as const)('in the weather “%s”, %i schedules break no rule', { timeout: 600_000 }, async (name, schedules) => {
  const { left } = await held({ profile: profiles[name], from: 1, schedules });
  expect(left).toBeGreaterThan(schedules);
});
