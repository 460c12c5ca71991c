import { expect, test } from 'vitest';
import { onceMade } from '../../../shared/adapters/storage/onceMade.ts';

/** Something that is not there until it is made; a late answer is what was so when it was asked. */
function aPlace() {
  const state = { there: false, made: 0 };
  const through = onceMade(
    (error) => error === 'missing',
    async () => {
      state.made += 1;
      state.there = true;
    },
  );
  const asked = (answer: Promise<void>) => {
    let first = true;
    return through(async () => {
      const there = state.there;
      if (first) await answer;
      first = false;
      if (!there) throw 'missing';
      return 'found';
    });
  };
  return { state, asked };
}

test('whoever finds it missing together, or hears of it late, makes it once', async () => {
  const { state, asked } = aPlace();
  const late = Promise.withResolvers<void>();
  const slow = asked(late.promise);
  expect(await Promise.all([asked(Promise.resolve()), asked(Promise.resolve())])).toEqual(['found', 'found']);
  late.resolve();
  expect(await slow).toBe('found');
  expect(state.made).toBe(1);
});

test('when it is taken away it is made again', async () => {
  const { state, asked } = aPlace();
  await asked(Promise.resolve());
  state.there = false;
  expect(await asked(Promise.resolve())).toBe('found');
  expect(state.made).toBe(2);
});
