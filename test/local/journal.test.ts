import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../local/journal.ts';
import { AppError } from '../../shared/core/errors.ts';

const directory = mkdtempSync(join(tmpdir(), 'journal-'));
const path = join(directory, 'below', 'kept.jsonl');

beforeEach(() => rmSync(join(directory, 'below'), { recursive: true, force: true }));
afterAll(() => rmSync(directory, { recursive: true }));

function write(...values: readonly unknown[]): void {
  const journal = openJournal(path);
  for (const value of values) journal.append(value);
  journal.close();
}

function read(): readonly unknown[] {
  const journal = openJournal(path);
  journal.close();
  return journal.past;
}

test('what was written is read back, in order', () => {
  write({ a: 1 }, { text: 'Grüße\n' });
  write({ b: 2 });
  expect(read()).toEqual([{ a: 1 }, { text: 'Grüße\n' }, { b: 2 }]);
});

test.each(['{"b":', '{"text":"Gr\u00fc', '{"b":2}'])(
  'a last line cut off after %s is dropped, and the next one stands on its own',
  (torn) => {
    write({ a: 1 });
    appendFileSync(path, torn);
    expect(read()).toEqual([{ a: 1 }]);
    write({ c: 3 });
    expect(read()).toEqual([{ a: 1 }, { c: 3 }]);
  },
);

test('a damaged line anywhere else is an error that names file and line', () => {
  write({ a: 1 }, { b: 2 });
  writeFileSync(path, readFileSync(path, 'utf8').replace('{"a"', '{"a'));
  expect(() => openJournal(path)).toThrow(`Line 1 of ${path} is not JSON.`);
  expect(() => openJournal(path)).toThrow(AppError);
});

test('what it held may be replaced, and it goes on from there', () => {
  const journal = openJournal<unknown>(path);
  journal.append({ a: 1 });
  journal.replace([{ z: 0 }]);
  journal.append({ b: 2 });
  journal.close();
  expect(read()).toEqual([{ z: 0 }, { b: 2 }]);
  expect(readdirSync(dirname(path))).toEqual(['kept.jsonl']);
});

test('without a path nothing is kept, and nothing is in the way', () => {
  const journal = openJournal<number>(undefined);
  journal.append(1);
  journal.replace([2]);
  journal.close();
  expect(journal.past).toEqual([]);
});

test('a journal cut off at any byte holds all that was whole before the cut', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.string())), fc.nat(), (values, anywhere) => {
      rmSync(path, { force: true });
      write(...values);
      const bytes = readFileSync(path);
      const cut = anywhere % (bytes.length + 1);
      truncateSync(path, cut);
      const whole = bytes.subarray(0, cut).filter((byte) => byte === 0x0a).length;
      expect(read()).toEqual(values.slice(0, whole).map((value) => JSON.parse(JSON.stringify(value))));
    }),
    { numRuns: 50 },
  );
});
