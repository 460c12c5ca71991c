import { expect, test } from 'vitest';
import { readSchedule } from '../../../local/functionsHost/ncrontab.ts';

/** A Tuesday. */
const now = new Date('2026-11-24T02:00:00Z');

test.each([
  ['* * * * * *', '2026-11-24T02:00:01.000Z'],
  ['0 */5 * * * *', '2026-11-24T02:05:00.000Z'],
  ['0 10/20 * * * *', '2026-11-24T02:10:00.000Z'],
  ['30 0,59 9-17 * * 1-5', '2026-11-24T09:00:30.000Z'],
  ['0 30 9 * Jan Mon', '2027-01-04T09:30:00.000Z'],
  ['0 0 0 * * */7', '2026-11-29T00:00:00.000Z'],
  ['  0 0 3  * * *  ', '2026-11-24T03:00:00.000Z'],
  // Day and weekday must both fit: a Friday the 13th.
  ['0 0 0 13 * 5', '2027-08-13T00:00:00.000Z'],
  ['0 0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
])('%s is due at %s', (schedule, due) => {
  expect(readSchedule(schedule).nextRun(now)?.toISOString()).toBe(due);
});

test('a day that never comes is never due', () => {
  expect(readSchedule('0 0 0 30 2 *').nextRun(now)).toBeNull();
});

test.each([
  '',
  '0 * * * *',
  '* * * * * * *',
  '@daily',
  '0 61 * * * *',
  '0 0 0 L * *',
  '0 0 0 15W * *',
  '0 0 0 * * 7',
  '0 0 0 * * 5#2',
  '0 0 0 ? * *',
  'a b c d e f',
])('%j is not NCRONTAB', (schedule) => {
  expect(() => readSchedule(schedule)).toThrow(/^The schedule ".*" is not NCRONTAB: /);
});
