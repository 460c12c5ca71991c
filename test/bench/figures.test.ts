import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { groupFor, numberIn } from '../../bench/group.ts';
import { inFlight, readOptions } from '../../bench/options.ts';
import { paced } from '../../bench/pace.ts';
import { openPage } from '../../bench/page.ts';
import { percentile } from '../../bench/statistics.ts';
import { atLeast, atMost, markdown, milliseconds } from '../../bench/table.ts';

describe('the command line', () => {
  test('a whole run measures more of everything than a quick one', () => {
    const [whole, quick] = [readOptions([]).sizes, readOptions(['--quick']).sizes];
    for (const name of Object.keys(whole) as (keyof typeof whole)[]) expect(whole[name]).toBeGreaterThan(quick[name]);
  });

  test.each([
    ['--texts 7', 7],
    ['--quick --texts 50000', 50_000],
  ])('%s sets the texts before memory is read', (line, memoryTexts) => {
    expect(readOptions(line.split(' ')).sizes).toMatchObject({ memoryTexts });
  });

  test.each([
    ['--texts 0', /a number from 1 to 9999999, not "0"/],
    ['--texts many', /not "many"/],
    ['--write page.md --quick', /--write is for a whole run/],
    ['--write page.md --texts 7', /--write is for a whole run/],
    ['--fast', /'--fast'(?:.|\n)*npm run bench -- \[--quick\]/],
  ])('%s is refused in words', (line, reason) => {
    expect(() => readOptions(line.split(' '))).toThrow(reason);
  });
});

test.each([
  [[5], 50, 5],
  [[3, 1, 2], 50, 2],
  [[4, 3, 2, 1], 50, 2],
  [[4, 3, 2, 1], 99, 4],
  [[4, 3, 2, 1], 0, 1],
])('of %j, %i percent do not exceed %i', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected);
});

test('nothing has no percentile', () => {
  expect(() => percentile([], 50)).toThrow('nothing to take a percentile of');
});

describe('the table', () => {
  const against = (app: number, floor: number) => ({ what: 'text', app, floor, show: milliseconds });

  test.each([
    [atMost(against(15, 10), 1.5), '| text | ≤ 1.5× | 1.50× (15 ms against 10 ms) | yes |'],
    [atMost(against(15.1, 10), 1.5), '| text | ≤ 1.5× | 1.51× (15 ms against 10 ms) | **no** |'],
    [atMost(against(1.234, 2)), '| text |  | 0.62× (1.23 ms against 2.00 ms) |  |'],
    [atLeast(against(8, 10), 0.8), '| text | ≥ 0.8× | 0.80× (8.00 ms against 10 ms) | yes |'],
    [atLeast(against(7.9, 10), 0.8), '| text | ≥ 0.8× | 0.79× (7.90 ms against 10 ms) | **no** |'],
  ])('%j is written as %s', (row, line) => {
    expect(markdown([row]).split('\n')[2]).toBe(line);
  });

  test('takes the place of the old one, and of nothing else', () => {
    const directory = mkdtempSync(join(tmpdir(), 'bench-page-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const page = join(directory, 'page.md');
    writeFileSync(page, 'before\n<!-- bench: made by npm run bench -->\n\nold\n\n<!-- bench: end -->\nafter\n');
    openPage(page)('new');
    expect(readFileSync(page, 'utf8')).toBe(
      'before\n<!-- bench: made by npm run bench -->\n\nnew\n\n<!-- bench: end -->\nafter\n',
    );
    writeFileSync(page, 'no marks');
    expect(() => openPage(page)).toThrow('has no place for the table');
  });
});

test('calls are made in full number, and no more at once than was asked for', async () => {
  let [running, most, prepared] = [0, 0, 0];
  const { durations } = await paced(10, 3, () => {
    prepared++;
    return async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    };
  });
  expect({ calls: durations.length, prepared, most }).toEqual({ calls: 10, prepared: 10, most: 3 });
});

test.each([1, 128, 10_000])(
  '%i texts and a warm-up leave each subscriber within the budget, and nobody texts twice at once',
  (texts) => {
    const group = groupFor(texts, 12_062_000_000);
    expect(Math.ceil(texts / group.size) + 1).toBeLessThanOrEqual(10);
    expect(group.size).toBeGreaterThanOrEqual(inFlight);
    expect(numberIn(group, 0)).toBe('+12062000000');
    expect(numberIn(group, group.size)).toBe(numberIn(group, 0));
  },
);
