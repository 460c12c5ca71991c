import { describe, expect, test } from 'vitest';
import type { EntityTable, Operation } from '../../../shared/adapters/storage/entityTable.ts';

const all = { from: '', below: '~' };
const missing = { type: 'failed', index: 0, reason: 'missing' };

/** What every `EntityTable` has to do. `aTable` gives an empty one. */
export function entityTableContract(aTable: () => EntityTable): void {
  const insert = (row: string, columns = {}): Operation => ({ type: 'insert', row, columns });
  const rowsOf = async (table: EntityTable) =>
    (await table.query({ partition: 'p', ...all }, 1_000)).entities.map(({ row, columns }) => [row, columns]);

  /** A table with rows `a`, `b`, … in partition `p`, and their ETags. */
  async function filled(...rows: string[]) {
    const table = aTable();
    const written = await table.transact(
      'p',
      rows.map((row) => insert(row, { of: row })),
    );
    if (written.type === 'failed') throw new Error('the table was not empty');
    return { table, etags: Object.fromEntries(rows.map((row, n) => [row, written.etags[n] ?? ''])) };
  }

  describe('an empty table', () => {
    test('has no rows, and reads as if it existed', async () => {
      expect(await aTable().get({ partition: 'p', row: 'a' })).toBeUndefined();
      expect(await aTable().query({ partition: 'p', ...all }, 10)).toEqual({ entities: [] });
    });

    test('takes its first row', async () => {
      const table = aTable();
      const written = await table.transact('p', [insert('a', { n: 1 })]);
      expect(written).toEqual({ type: 'done', etags: [expect.any(String)] });
      const [etag] = written.type === 'done' ? written.etags : [];
      expect(await table.get({ partition: 'p', row: 'a' })).toEqual({
        partition: 'p',
        row: 'a',
        etag,
        columns: { n: 1 },
      });
    });

    test('takes its first transaction', async () => {
      expect(await rowsOf((await filled('a', 'b')).table)).toEqual([
        ['a', { of: 'a' }],
        ['b', { of: 'b' }],
      ]);
    });
  });

  describe('values', () => {
    test.each([
      ['text', 'Grüße, 你好 🙂'],
      ['no text', ''],
      ['text like JSON', '{"a":["\\u0041",\'"\']}'],
      ['text over lines', 'a\r\n--changeset_x\r\n\r\nPOST / HTTP/1.1\n\t'],
      ['text like a date', '2026-11-24T04:38:00.0000000Z'],
      ['the longest text', 'x'.repeat(32_768)],
      ['zero', 0],
      ['a whole number', -7],
      ['the last of 32 bits', 2 ** 31 - 1],
      ['the first beyond 32 bits', 2 ** 31],
      ['milliseconds since 1970', 1_795_495_080_000],
      ['a fraction', 0.1],
      ['a huge number', 1e300],
      ['the least number', 5e-324],
      ['ticks', 17_954_950_800_001_234n],
      ['a small bigint', 5n],
      ['the largest bigint', 2n ** 63n - 1n],
      ['the least bigint', -(2n ** 63n)],
      ['yes', true],
      ['no', false],
    ])('%s comes back as it was, by itself and in a transaction', async (_, value) => {
      const table = aTable();
      await table.transact('p', [insert('a', { value })]);
      await table.transact('p', [insert('b', { value }), insert('c', { value, other: 1 })]);
      expect(await rowsOf(table)).toEqual([
        ['a', { value }],
        ['b', { value }],
        ['c', { value, other: 1 }],
      ]);
      expect((await table.get({ partition: 'p', row: 'a' }))?.columns).toEqual({ value });
    });

    test('an undefined column is absent; what cannot be told apart on the wire is one', async () => {
      const table = aTable();
      await table.transact('p', [insert('a', { gone: undefined, zero: -0, half: 'a\ud800b' })]);
      expect((await table.get({ partition: 'p', row: 'a' }))?.columns).toEqual({ zero: 0, half: 'a\ufffdb' });
    });

    test('a column may change its kind', async () => {
      const { table } = await filled('a');
      for (const of of [5n, 'five', 5, 0.5, 6n, true]) {
        await table.transact('p', [{ type: 'merge', row: 'a', columns: { of } }]);
        expect(await rowsOf(table)).toEqual([['a', { of }]]);
      }
    });
  });

  describe('keys', () => {
    test.each([
      "it's",
      '100%',
      'a+b',
      '+14255550123',
      '8:acs:x_y',
      'a b',
      'ü',
      'a&b=c',
      'a,b',
      '{a}',
      '(a)',
      '"a"',
      "''",
    ])('%j is one, of a partition and of a row', async (key) => {
      const table = aTable();
      expect(await table.transact(key, [insert(key, { n: 1 })])).toMatchObject({ type: 'done' });
      expect(
        await table.transact(key, [insert(`${key}1`), { type: 'merge', row: key, columns: { m: 2 } }]),
      ).toMatchObject({
        type: 'done',
      });
      expect(await table.get({ partition: key, row: key })).toMatchObject({ row: key, columns: { n: 1, m: 2 } });
      const page = await table.query({ partition: key, from: key, below: `${key}~` }, 1);
      expect(page.entities).toMatchObject([{ partition: key, row: key }]);
      const next = await table.query({ partition: key, from: key, below: `${key}~` }, 1, page.cursor);
      expect(next.entities).toMatchObject([{ row: `${key}1` }]);
    });
  });

  describe('operations', () => {
    test('insert wants the row absent', async () => {
      const { table } = await filled('a');
      expect(await table.transact('p', [insert('a', { n: 2 })])).toEqual({
        type: 'failed',
        index: 0,
        reason: 'exists',
      });
      expect(await rowsOf(table)).toEqual([['a', { of: 'a' }]]);
    });

    test('upsert replaces or makes', async () => {
      const { table } = await filled('a');
      for (const row of ['a', 'b'])
        expect(await table.transact('p', [{ type: 'upsert', row, columns: { n: 2 } }])).toMatchObject({ type: 'done' });
      expect(await rowsOf(table)).toEqual([
        ['a', { n: 2 }],
        ['b', { n: 2 }],
      ]);
    });

    test('merge adds columns and leaves the others; replace leaves none', async () => {
      const { table } = await filled('a', 'b');
      await table.transact('p', [{ type: 'merge', row: 'a', columns: { n: 2, of: undefined } }]);
      await table.transact('p', [{ type: 'replace', row: 'b', columns: { n: 2 } }]);
      expect(await rowsOf(table)).toEqual([
        ['a', { of: 'a', n: 2 }],
        ['b', { n: 2 }],
      ]);
    });

    test('delete takes the row away', async () => {
      const { table } = await filled('a');
      expect(await table.transact('p', [{ type: 'delete', row: 'a' }])).toEqual({ type: 'done', etags: [undefined] });
      expect(await rowsOf(table)).toEqual([]);
      expect(await table.transact('p', [insert('a')])).toMatchObject({ type: 'done' });
    });

    test.each<Operation>([
      { type: 'replace', row: 'b', columns: {} },
      { type: 'merge', row: 'b', columns: {} },
      { type: 'merge', row: 'b', columns: {}, etag: 'W/"datetime\'2026-11-24T04%3A38%3A00.0000000Z\'"' },
      { type: 'delete', row: 'b' },
    ])('$type wants the row present', async (operation) => {
      const { table } = await filled('a');
      expect(await table.transact('p', [operation])).toEqual(missing);
    });

    test.each(['replace', 'merge'] as const)('%s under an ETag wants the row unchanged', async (type) => {
      const { table, etags } = await filled('a', 'b');
      const changed = (n: number): Operation => ({ type, row: 'a', columns: { n }, etag: etags['a']! });
      const first = await table.transact('p', [changed(1)]);
      expect(first).toMatchObject({ type: 'done' });
      expect(await table.transact('p', [changed(2)])).toEqual({ type: 'failed', index: 0, reason: 'changed' });
      expect(await table.transact('p', [insert('c'), changed(2)])).toEqual({
        type: 'failed',
        index: 1,
        reason: 'changed',
      });
      const { etag, columns } = (await table.get({ partition: 'p', row: 'a' }))!;
      expect(columns).toMatchObject({ n: 1 });
      expect(first).toEqual({ type: 'done', etags: [etag] });
    });
  });

  describe('a transaction', () => {
    test('does everything, and gives the ETags in its order', async () => {
      const { table, etags } = await filled('a', 'b', 'c');
      const written = await table.transact('p', [
        { type: 'replace', row: 'a', columns: { n: 1 }, etag: etags['a']! },
        { type: 'delete', row: 'b' },
        { type: 'merge', row: 'c', columns: { n: 3 } },
        { type: 'upsert', row: 'd', columns: { n: 4 } },
        insert('e', { n: 5 }),
      ]);
      const { entities } = await table.query({ partition: 'p', ...all }, 10);
      const now = Object.fromEntries(entities.map(({ row, etag }) => [row, etag]));
      expect(written).toEqual({ type: 'done', etags: [now['a'], undefined, now['c'], now['d'], now['e']] });
      expect(entities.map(({ columns }) => columns)).toEqual([{ n: 1 }, { of: 'c', n: 3 }, { n: 4 }, { n: 5 }]);
    });

    test.each<[Operation, string]>([
      [insert('b'), 'exists'],
      [{ type: 'delete', row: 'x' }, 'missing'],
      [{ type: 'replace', row: 'x', columns: {} }, 'missing'],
      [{ type: 'merge', row: 'b', columns: {}, etag: 'W/"datetime\'2026-11-24T04%3A38%3A00.0000000Z\'"' }, 'changed'],
    ])('does nothing when one operation fails, and names it: %j', async (failing, reason) => {
      const { table, etags } = await filled('a', 'b', 'c');
      const before = await table.query({ partition: 'p', ...all }, 10);
      const written = await table.transact('p', [
        { type: 'replace', row: 'a', columns: {}, etag: etags['a']! },
        insert('d'),
        { type: 'delete', row: 'c' },
        failing,
        { type: 'delete', row: 'y' },
      ]);
      expect(written).toEqual({ type: 'failed', index: 3, reason });
      expect(await table.query({ partition: 'p', ...all }, 10)).toEqual(before);
    });

    test('takes a hundred operations', async () => {
      const rows = Array.from({ length: 100 }, (_, n) => `r${String(n).padStart(3, '0')}`);
      const { table } = await filled(...rows);
      expect((await rowsOf(table)).map(([row]) => row)).toEqual(rows);
    });

    test('of many that want one row absent, one succeeds', async () => {
      const { table } = await filled('a');
      const attempts = Array.from({ length: 20 }, (_, n) => table.transact('p', [insert(`own${n}`), insert('lock')]));
      const outcomes = (await Promise.all(attempts)).map((outcome) =>
        outcome.type === 'done' ? 'done' : outcome.index,
      );
      expect(outcomes.toSorted()).toEqual([...Array<number>(19).fill(1), 'done']);
      expect(await rowsOf(table)).toHaveLength(3);
    });
  });

  describe('a query', () => {
    test('gives the rows of its range in ascending order, and of no other partition', async () => {
      const { table } = await filled('c', 'a', 'e', 'b', 'B', 'd');
      await table.transact('q', [insert('bb'), insert('cc')]);
      const { entities, cursor } = await table.query({ partition: 'p', from: 'b', below: 'e' }, 10);
      expect(entities.map(({ partition, row }) => partition + row)).toEqual(['pb', 'pc', 'pd']);
      expect(cursor).toBeUndefined();
      expect(await table.query({ partition: 'p', from: 'e', below: 'b' }, 10)).toEqual({ entities: [] });
    });

    test('goes on where the cursor says, whatever happened to the row there', async () => {
      const { table } = await filled('a', 'b', 'c', 'd');
      const first = await table.query({ partition: 'p', ...all }, 2);
      expect(first.entities.map(({ row }) => row)).toEqual(['a', 'b']);
      expect(first.cursor).toMatch(/^[\w-]+$/);
      await table.transact('p', [{ type: 'delete', row: 'b' }, insert('bb')]);
      const second = await table.query({ partition: 'p', ...all }, 2, first.cursor);
      expect(second.entities.map(({ row }) => row)).toEqual(['bb', 'c']);
      const third = await table.query({ partition: 'p', ...all }, 2, second.cursor);
      expect(third).toEqual({ entities: [expect.objectContaining({ row: 'd' })] });
    });

    test.each(['', '!', 'YQ==', 'Yg+', 'eno', 'YR'])('refuses %j, which is no cursor of its range', async (cursor) => {
      const { table } = await filled('b');
      const asked = table.query({ partition: 'p', from: 'b', below: 'y' }, 1, cursor);
      await expect(asked).rejects.toMatchObject({ name: 'AppError', code: 'invalid-input' });
    });
  });

  describe('what the service would not take is refused', () => {
    const key = 'x'.repeat(513);
    test.each<[string, readonly Operation[]]>([
      ['no operation', []],
      ['101 operations', Array.from({ length: 101 }, (_, n) => insert(`r${n}`))],
      ['a row twice', [insert('a'), { type: 'delete', row: 'a' }]],
      ['a slash in a key', [insert('a/b')]],
      ['a control character in a key', [insert('a\n')]],
      ['a key of 513 characters', [insert(key)]],
      ['half a surrogate pair in a key', [insert('\ud800')]],
      ['NaN', [insert('a', { n: Number.NaN })]],
      ['infinity', [insert('a', { n: Number.POSITIVE_INFINITY })]],
      ['a bigint past 64 bits', [insert('a', { n: 2n ** 63n })]],
      ['a text past 64 KiB', [insert('a', { text: 'x'.repeat(32_769) })]],
      ["a column with the service's own name", [insert('a', { Timestamp: 'x' })]],
      ['a column with a dot in its name', [insert('a', { 'a.b': 'x' })]],
      ['253 columns', [insert('a', Object.fromEntries(Array.from({ length: 253 }, (_, n) => [`c${n}`, n])))]],
    ])('%s', async (_, operations) => {
      const refused = { name: 'AppError', code: 'storage-failed' };
      await expect(aTable().transact('p', operations)).rejects.toMatchObject(refused);
    });

    test.each([0, 1_001, 1.5])('a page of %d rows', async (size) => {
      await expect(aTable().query({ partition: 'p', ...all }, size)).rejects.toMatchObject({ code: 'storage-failed' });
    });
  });
}
