import { describe, expect, test } from 'vitest';
import { mutants } from './mutants.ts';
import { type ProfileName, profiles } from './profiles.ts';
import { scheduleOf, simulate } from './simulate.ts';
import { storyOf } from './story.ts';

/** Of each profile; `run.ts` is for more. */
const schedules = 300;
const longest = 60_000;

describe('The shipped SMS use cases', () => {
  test.each(Object.keys(profiles) as ProfileName[])(
    'break no rule in the weather “%s”',
    { timeout: longest },
    async (name) => {
      const { failures, left } = await simulate({ profile: profiles[name], from: 1, schedules });
      expect(failures).toEqual([]);
      // Rules about texts say nothing where none leave.
      expect(left).toBeGreaterThan(schedules);
    },
  );
});

describe('A seed', () => {
  test('tells the same story each time', async () => {
    const tell = () => storyOf(scheduleOf(5, profiles.mid));
    expect(await tell()).toBe(await tell());
  });
});

describe('The judge', () => {
  test.each(mutants)('notices $name', { timeout: longest }, async (mutant) => {
    const { failures } = await simulate({ profile: profiles[mutant.profile], from: 1, schedules, mutant, enough: 8 });
    const broken = failures.flatMap(({ violations }) => violations.map(({ rule }) => rule));
    expect(broken).toContain(mutant.breaks);
  });
});
