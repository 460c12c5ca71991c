import { expect, test } from 'vitest';
import { headColumns, headOf } from '../../../shared/adapters/storage/rows.ts';
import type { Raised } from '../../../shared/conversations/flags.ts';
import { aHead, anOutbound } from '../../support/smsValues.ts';

const { key } = anOutbound();
const read = (flags: string) => {
  const columns = { ...headColumns(aHead()), flags } as Record<string, string>;
  return headOf({ partition: 'c', row: 'head', etag: 'e', columns });
};

test.each<[string, readonly Raised[]]>([
  ['', []],
  [`failed:${key}`, [{ flag: 'failed', entries: [key] }]],
  [
    `stop-suggested:${key},unknown:${key}:${key}:+`,
    [
      { flag: 'stop-suggested', entries: [key] },
      { flag: 'unknown', entries: [key, key], others: true },
    ],
  ],
  ['failed:+', [{ flag: 'failed', entries: [], others: true }]],
])('flags are stored as %j', (column, flags) => {
  expect(headColumns(aHead({ flags }))).toMatchObject({ flags: column });
  expect(read(column)).toMatchObject({ flags });
});

test('a flag that was stored before its entries were kept is a flag', () => {
  expect(read('stop-suggested')).toMatchObject({ flags: [{ flag: 'stop-suggested', entries: [], others: true }] });
});
