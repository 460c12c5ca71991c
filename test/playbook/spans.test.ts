import { expect, test } from 'vitest';
import { faultInHours, hoursForm, spansIn } from '../../shared/playbook/spans.ts';

test.each([
  ['closed', []],
  ['07:00-15:00', [[420, 900]]],
  ['7:00 - 15:30', [[420, 930]]],
  [
    '08:00-12:00, 13:00-17:00',
    [
      [480, 720],
      [780, 1020],
    ],
  ],
  [
    '08:00-12:00,12:00-17:00',
    [
      [480, 720],
      [720, 1020],
    ],
  ],
  ['18:00-24:00', [[1080, 1440]]],
  ['18:00-02:00', [[1080, 1560]]],
  ['18:00-00:00', [[1080, 1440]]],
  ['00:00-24:00', [[0, 1440]]],
])('%j is %j in minutes', (text, spans) => {
  expect(hoursForm.test(text)).toBe(true);
  expect(faultInHours(text)).toBeUndefined();
  expect(spansIn(text).map(({ from, to }) => [from, to])).toEqual(spans);
});

test.each([
  '',
  'open',
  '7-15',
  '07:00',
  '07:00-25:00',
  '24:00-08:00',
  '07:60-08:00',
  '07:00-15:00;',
  'closed, 07:00-08:00',
  ' 07:00-15:00',
])('%j has not the form of hours', (text) => {
  expect(hoursForm.test(text)).toBe(false);
});

test.each([
  ['09:00-09:00', /same time/],
  ['09:00-12:00, 11:00-13:00', /overlap/],
  ['13:00-17:00, 08:00-12:00', /out of order/],
  ['18:00-02:00, 20:00-21:00', /overlap/],
])('%j is at fault', (text, fault) => {
  expect(hoursForm.test(text)).toBe(true);
  expect(faultInHours(text)).toMatch(fault);
});
