import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trackChanges } from '../../local/changes.ts';

/** What happens to keys 0 to 3: one changes, somebody looks, all is cleared away. */
const aHappening = fc.oneof(
  fc.nat(3).map((key) => ({ type: 'touch' as const, key })),
  fc.constant({ type: 'look' as const }),
  fc.constant({ type: 'clear' as const }),
);

test('each look is told exactly what changed since the one before', () => {
  fc.assert(
    fc.property(fc.array(aHappening), (happenings) => {
      const changes = trackChanges<number>(0);
      let cursor = changes.since().cursor;
      let cleared = false;
      const touched = new Set<number>();
      for (const happening of happenings) {
        if (happening.type === 'touch') {
          changes.touch(happening.key);
          touched.add(happening.key);
        } else if (happening.type === 'clear') {
          changes.clear();
          cleared = true;
        } else {
          const look = changes.since(cursor);
          expect(look.whole).toBe(cleared);
          for (const key of [0, 1, 2, 3]) expect(look.has(key)).toBe(cleared || touched.has(key));
          cursor = look.cursor;
          cleared = false;
          touched.clear();
        }
      }
    }),
  );
});

test('a cursor of another process, and what is no cursor, gets everything', () => {
  const { cursor } = trackChanges(1).since();
  for (const strange of [cursor, undefined, '', 'x', '2.0']) expect(trackChanges(2).since(strange).whole).toBe(true);
});
