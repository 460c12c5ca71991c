import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry, Page, TextEntry } from '../../console/src/api/client.ts';
import { shown } from '../../console/src/timeline/shown.ts';
import { type Loaded, mayBeOlder, readNews, withEntry, withNews, withOlder } from '../../console/src/timeline/store.ts';
import { clockOf, dayOf } from '../../console/src/timeline/times.ts';

/** The n-th text of a conversation; its id falls as n rises. */
const text = (n: number, more: Partial<TextEntry> = {}): TextEntry => ({
  id: `e${String(90_000 - n)}`,
  type: 'message',
  direction: 'inbound',
  at: '2026-11-24T02:00:00.000Z',
  text: `text ${n}`,
  ...more,
});
const numbers = (loaded: Loaded | undefined) => loaded?.entries.map(({ id }) => 90_000 - Number(id.slice(1)));
const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, n) => n + from);

/** A server with texts 1 to `count`, read in pages of `size`; a cursor is the number of the next text. */
function server(count: () => number, size: number) {
  const asked: (string | undefined)[] = [];
  const read = async (cursor?: string): Promise<Page<Entry>> => {
    asked.push(cursor);
    const latest = cursor === undefined ? count() : Number(cursor);
    const oldest = Math.max(1, latest - size + 1);
    const items = upTo(latest, oldest)
      .toReversed()
      .map((n) => text(n));
    return oldest === 1 ? { items } : { items, cursor: String(oldest - 1) };
  };
  return { asked, read };
}

test('whatever comes between two looks and however it is read back, there is no gap and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.nat({ max: 40 }), fc.constant('older' as const)), { maxLength: 12 }),
      async (happenings) => {
        let count = 3;
        let known: Loaded | undefined;
        const { read } = server(() => count, 5);
        for (const what of happenings) {
          if (what === 'older') {
            if (known?.cursor !== undefined) known = withOlder(known, await read(known.cursor));
          } else {
            count += what;
            known = withNews(known, await readNews(known, read));
            expect(numbers(known)?.at(-1)).toBe(count);
          }
          const [first = 1] = numbers(known) ?? [];
          expect(numbers(known) ?? []).toEqual(known ? upTo(numbers(known)?.at(-1) ?? 0, first) : []);
          expect(known === undefined || known.cursor === (first === 1 ? undefined : String(first - 1))).toBe(true);
        }
      },
    ),
  );
});

test('a look costs one page, and as many more as are new', async () => {
  let count = 20;
  const { asked, read } = server(() => count, 5);
  let known = withNews(undefined, await readNews(undefined, read));
  known = withNews(known, await readNews(known, read));
  expect(asked.splice(0)).toEqual([undefined, undefined]);
  count = 33;
  known = withNews(known, await readNews(known, read));
  expect(asked.splice(0)).toEqual([undefined, '28', '23']);
  expect(numbers(known)).toEqual(upTo(33, 16));
});

test('news show how an entry stands now, and let go what they do not have', () => {
  const known: Loaded = { entries: [text(1), text(2), text(3)], cursor: 'x' };
  const now = withNews(known, { items: [text(3, { status: 'delivered' }), text(1)], cursor: 'y' });
  expect(numbers(now)).toEqual([1, 3]);
  expect(now.entries.at(-1)).toMatchObject({ status: 'delivered' });
  expect(withNews(known, { items: [] })).toEqual({ entries: [], cursor: undefined });
});

test('an entry that an answer showed stands where it belongs, once', () => {
  const known: Loaded = { entries: [text(1), text(3)] };
  expect(numbers(withEntry(withEntry(known, text(2)), text(2)))).toEqual([1, 2, 3]);
  expect(numbers(withEntry(known, text(4)))).toEqual([1, 3, 4]);
});

test.each([
  [{ entries: [text(5)], cursor: 'x' }, text(4).id, true],
  [{ entries: [text(5)], cursor: 'x' }, text(6).id, false],
  [{ entries: [text(5)] }, text(4).id, false],
])('whether an entry may be further up: %#', (loaded, id, may) => {
  expect(mayBeOlder(loaded, id)).toBe(may);
});

test.each([
  ['Europe/Berlin', 'Tuesday, November 24, 2026', /^0?3:00/],
  ['America/Los_Angeles', 'Monday, November 23, 2026', /^0?6:00/],
])('an instant has the day and the hour of %s', (zone, day, clock) => {
  expect(dayOf('2026-11-24T02:00:00.000Z', zone)).toBe(day);
  expect(clockOf('2026-11-24T02:00:00.000Z', zone)).toMatch(clock);
});

test.each([
  ['a\r\nb\tc', 'a\nb\tc'],
  ['\u0007\u0000\u007f\r', '␇␀␡␍'],
  ['\u0085\u009f', '[U+0085][U+009F]'],
  ['\u202Eevil\u202C \u2067x\u2069', '[RLO]evil[PDF] [RLI]x[PDI]'],
  // Needed to read: a family of one sign, and a mark in Hebrew.
  ['👨‍👩‍👧 שלום\u200f', '👨‍👩‍👧 שלום\u200f'],
])('%j is shown as %j', (given, seen) => {
  expect(shown(given)).toBe(seen);
});
