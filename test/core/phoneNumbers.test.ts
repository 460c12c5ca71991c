import { expect, test } from 'vitest';
import { maskNumber, numbersMeant, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';

test.each([
  ['+18005550100', '+18005550100'],
  ['18005550100', '+18005550100'],
  [' +4930123456 ', '+4930123456'],
  ['12345', '12345'],
  ['688211', '688211'],
  ['Bakery', 'Bakery'],
  ['Fabrikam 24', 'Fabrikam 24'],
  ['B&B_Inn-2', 'B&B_Inn-2'],
])('%j is kept as %s', (written, kept) => {
  expect(parsePhoneNumber(written)).toBe(kept);
});

test.each(['', '+', '+0123456789', '12', 'ThisNameIsTooLong', '+1 (800) 555', '8:acs:x_y'])(
  '%j is no number',
  (written) => {
    expect(parsePhoneNumber(written)).toBeUndefined();
  },
);

test('a log shows the last two digits', () => {
  expect(maskNumber('+18005550100')).toBe('…00');
});

test.each([
  ['+14255550101', ['+14255550101']],
  ['+1 (425) 555-0101', ['+14255550101']],
  ['1.425.555.0101', ['+14255550101']],
  ['425 555 0101', ['+14255550101', '+4255550101']],
  ['0044 20 7946 0000', ['+442079460000']],
  ['011 44 20 7946 0000', ['+442079460000']],
  ['12345', ['12345']],
  ['ann', []],
  ['+1 425', []],
  ['0170 1234567', []],
  ['', []],
])('%j means %j', (text, numbers) => {
  expect(numbersMeant(text)).toEqual(numbers);
});
