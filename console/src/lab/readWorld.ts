import type { LabApi } from './adminApi.ts';
import type { World } from './world.ts';

/** Reads the world again: only what is new is asked for. The same object as before if nothing is. `calls`: those too. */
export type ReadWorld = (wanted: { readonly calls: boolean }) => Promise<World>;

const nothing: World = { numbers: [], sent: [], notices: [], events: [], calls: [] };

/** One look after the other, whoever asks. */
export function worldReader(api: LabApi): ReadWorld {
  let world = nothing;
  let seen: { readonly sent?: string; readonly events?: string } = {};
  let last: Promise<unknown> = Promise.resolve();
  const look = async ({ calls: wanted }: { readonly calls: boolean }): Promise<World> => {
    const [numbers, sent, events, calls] = await Promise.all([
      world.numbers.length === 0 ? api.numbers() : world.numbers,
      api.sent(seen.sent),
      api.events(seen.events),
      wanted ? api.calls() : world.calls,
    ]);
    seen = { sent: sent.cursor, events: events.cursor };
    const next: World = {
      numbers,
      sent: joined(sent.whole ? [] : world.sent, sent.sent, ({ messageId }) => messageId),
      notices: joined(sent.whole ? [] : world.notices, sent.notices, (notice) => JSON.stringify(notice)),
      events: joined(events.whole ? [] : world.events, events.events, ({ number }) => number),
      calls: JSON.stringify(calls) === JSON.stringify(world.calls) ? world.calls : calls,
    };
    if (!isSame(world, next)) world = next;
    return world;
  };
  return (wanted) => {
    const next = last.then(() => look(wanted));
    last = next.catch(() => {});
    return next;
  };
}

const isSame = (one: World, other: World): boolean =>
  (Object.keys(one) as (keyof World)[]).every((name) => one[name] === other[name]);

/** What is new takes the place of what it was, or comes last. */
export function joined<T>(before: readonly T[], news: readonly T[], keyOf: (each: T) => unknown): readonly T[] {
  if (news.length === 0) return before;
  const fresh = new Map(news.map((each) => [keyOf(each), each]));
  const known = before.map((each) => {
    const key = keyOf(each);
    const changed = fresh.get(key);
    fresh.delete(key);
    return changed ?? each;
  });
  return [...known, ...fresh.values()];
}
