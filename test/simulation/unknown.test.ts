import { expect, test } from 'vitest';
import { held } from './held.ts';
import { profiles } from './profiles.ts';
import { simulate } from './simulate.ts';

const series = { profile: profiles.low, from: 1, schedules: 3_000 };
/** The goal is 1.5 in a hundred. Half of that, for an app that gave up at the first doubt would come to 1.4 (below). */
const most = (replies: number): number => Math.floor(0.0075 * replies);

test('of few replies nobody can tell whether they have left, where two requests in a hundred go wrong', {
  timeout: 300_000,
}, async () => {
  const { replies, unknownReplies } = await held(series);
  expect(replies).toBeGreaterThan(series.schedules);
  expect(unknownReplies).toBeLessThanOrEqual(most(replies));
});

test('there would be more without the tries under the same id', { timeout: 300_000 }, async () => {
  const mutant = { name: 'a doubt that is left at that', settings: { ambiguousSends: 'never' } } as const;
  const { replies, unknownReplies } = await simulate({ ...series, mutant });
  expect(unknownReplies).toBeGreaterThan(most(replies));
});
