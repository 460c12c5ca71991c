import { describe, expect, test } from 'vitest';
import { findings } from './findings.ts';
import { firstSeen } from './hunt.ts';
import type { Doomed } from './mutants/doomed.ts';
import { mutants } from './mutants.ts';

const all: readonly Doomed[] = Object.values(mutants);

describe('The judge', () => {
  test.each(all.filter(({ within }) => within !== undefined))(
    'notices $name, within $within schedules',
    async (mutant) => {
      expect(await firstSeen(mutant, mutant.within ?? 0)).toBeDefined();
    },
    300_000,
  );

  test.each(all.filter(({ within }) => within === undefined))('has a told story for $name', (mutant) => {
    expect(findings.map(({ without }) => without)).toContain(mutant);
  });
});
