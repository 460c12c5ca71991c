import { describe, expect, test } from 'vitest';
import { local } from '../support/smsValues.ts';
import { brokenIn } from './directed.ts';
import { findings } from './findings.ts';
import type { Plan } from './plan.ts';
import { profiles } from './profiles.ts';

const usual: Plan = { service: local, clocks: [0, 0, 0], blocked: false, budget: undefined, happenings: [] };

describe('The protocol', () => {
  test.each(findings)('holds: $what', async ({ profile = profiles.low, ...story }) => {
    expect([...(await brokenIn({ ...story, profile }, usual))]).toEqual([]);
  });

  test.each(findings)('would not hold without a rule: $what', async ({ profile = profiles.low, without, ...story }) => {
    const broken = await brokenIn({ ...story, profile }, usual, without);
    expect([...broken]).toContain(story.breaks ?? without.breaks);
  });
});
