import { expect, test } from 'vitest';
import { ofStore } from './mutants/doomed.ts';
import { profiles } from './profiles.ts';
import { simulate } from './simulate.ts';

test('a conversation that forgot what it has spent would be noticed', { timeout: 300_000 }, async () => {
  const services = ofStore((store) => ({
    async head(id) {
      const head = await store.head(id);
      return head && { ...head, value: { ...head.value, spent: undefined } };
    },
  }));
  const mutant = { name: 'what was spent is forgotten', services };
  const { failures } = await simulate({ profile: profiles.thrifty, from: 1, schedules: 300, mutant });
  const rules = failures.flatMap(({ violations }) => violations.map(({ rule }) => rule));
  expect(rules).toContain('a subscriber gets no more segments than the cap');
});
