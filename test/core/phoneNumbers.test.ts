import { expect, test } from 'vitest';
import { maskNumber, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';

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
