import { expect, test } from 'vitest';
import { parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { factsOf } from '../../shared/sms/numberPlan.ts';

const line = (country: string, kind: string) => ({ type: 'line', country, line: kind });

test.each<[string, object]>([
  ['+14255550101', line('US', 'FIXED_LINE_OR_MOBILE')],
  ['+18005550100', line('US', 'TOLL_FREE')],
  ['+19005551234', line('US', 'PREMIUM_RATE')],
  ['+15005550006', line('US', 'PERSONAL_NUMBER')],
  ['+16045550123', line('CA', 'FIXED_LINE_OR_MOBILE')],
  ['+17875551234', line('PR', 'FIXED_LINE_OR_MOBILE')],
  ['+18765551234', line('JM', 'MOBILE')],
  ['+442079460123', line('GB', 'FIXED_LINE')],
  ['+447012345678', line('GB', 'PERSONAL_NUMBER')],
  ['+449098790000', line('GB', 'PREMIUM_RATE')],
  ['+4915112345678', line('DE', 'MOBILE')],
  ['+491801234567', line('DE', 'SHARED_COST')],
  ['+870773111632', { type: 'satellite' }],
  ['+881612345678', { type: 'satellite' }],
  ['+88216123456', { type: 'satellite' }],
  ['+883510012345', { type: 'satellite' }],
  ['+80012345678', { type: 'international' }],
  ['+80812345678', { type: 'international' }],
  ['+979123456789', { type: 'international' }],
  ['+999123456789', { type: 'unassigned' }],
  ['+15551234567', { type: 'unassigned' }],
  ['+14415551', { type: 'unassigned' }],
  ['12345', { type: 'short-code' }],
  ['Bakery', { type: 'sender-id' }],
])('%s is told apart', async (number, facts) => {
  expect(await factsOf(parsePhoneNumber(number) as never)).toEqual(facts);
});
