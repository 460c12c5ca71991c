import { describe, expect, test } from 'vitest';
import { digest } from '../../shared/core/hash.ts';
import { judge } from './judge.ts';
import { mutants } from './mutants.ts';
import { profiles } from './profiles.ts';
import { shrunk } from './shrink.ts';
import { run, scheduleOf, simulate } from './simulate.ts';
import { shortStoryOf, storyOf } from './story.ts';
import type { World } from './world.ts';

const seeds = Array.from({ length: 10 }, (_, n) => n + 1);
const inJson = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);
const tablesOf = ({ table, inboxTable }: World) => JSON.stringify([table.entities(), inboxTable.entities()], inJson);

describe('A seed', () => {
  test.each(Object.values(profiles))('replays a run exactly in the weather “$name”', async (profile) => {
    for (const seed of seeds) {
      const trace = async () => digest(await storyOf(scheduleOf(seed, profile)));
      expect(await trace()).toBe(await trace());
    }
  });

  test('makes the same run whether anybody listens or not, down to the ETags', async () => {
    for (const seed of seeds) {
      const schedule = scheduleOf(seed, profiles.high);
      expect(tablesOf(await run(schedule))).toBe(tablesOf(await run(schedule, () => {})));
    }
  });

  test('makes the same run alone and among others', async () => {
    const series = { profile: profiles.mid, from: 1, schedules: 200, mutant: mutants.failedForSure, enough: 1_000 };
    const among = (await simulate(series)).failures;
    const alone = [];
    for (let seed = 1; seed <= series.schedules; seed++) {
      const violations = judge(await run(scheduleOf(seed, series.profile, series.mutant)));
      if (violations.length > 0) alone.push({ seed, violations });
    }
    expect([...among].sort((a, b) => a.seed - b.seed)).toEqual(alone);
  });
});

describe('A run that breaks a rule', () => {
  const mutant = mutants.noLookAtStop;
  const failing = async () => {
    const { failures } = await simulate({ profile: profiles.mid, from: 1, schedules: 3_000, mutant, enough: 1 });
    return failures[0]!;
  };

  test('is told as the shortest that breaks the same rule', async () => {
    const { seed, violations } = await failing();
    const short = await run(await shrunk(scheduleOf(seed, profiles.mid, mutant)));
    expect(judge(short)[0]?.rule).toBe(violations[0]?.rule);
    expect(short.schedule.plan.happenings).toHaveLength(2);
    expect(short.troubles.size).toBeLessThanOrEqual(3);
  });

  test('is told in lines that say when, who and what, and how it ends', async () => {
    const story = await shortStoryOf(await failing(), profiles.mid, mutant);
    expect(story).toMatch(/^Seed \d+, profile mid\./);
    expect(story).toMatch(/^ +\d+\.\d{3} s {2}subscriber {2}texts “STOP”$/m);
    expect(story).toMatch(/\nBROKEN: nothing leaves after STOP: .+$/);
  });
});
