import { expect, test } from 'vitest';
import type { Country } from '../../shared/core/countries.ts';
import { destinationRefusal } from '../../shared/sms/destinations.ts';
import type { NumberFacts } from '../../shared/sms/numberPlan.ts';

const allowed = ['US', 'CA'] as Country[];
const line = (country: string, kind: string) => ({ type: 'line', country, line: kind }) as NumberFacts;

test.each([
  ['a mobile telephone at home', line('US', 'MOBILE')],
  ['a line that may be either', line('CA', 'FIXED_LINE_OR_MOBILE')],
  ['a fixed line', line('US', 'FIXED_LINE')],
  ['a toll-free number', line('US', 'TOLL_FREE')],
  ['a line over the internet', line('US', 'VOIP')],
])('%s may be texted', (_, facts) => {
  expect(destinationRefusal(facts, allowed)).toBeUndefined();
});

test.each<[NumberFacts, string, string]>([
  [line('JM', 'MOBILE'), 'country-not-allowed', 'texts to Jamaica are not allowed (setting ALLOWED_COUNTRIES)'],
  [line('US', 'PREMIUM_RATE'), 'number-type-not-allowed', 'a premium-rate number'],
  [line('US', 'SHARED_COST'), 'number-type-not-allowed', 'a shared-cost number'],
  [line('US', 'PERSONAL_NUMBER'), 'number-type-not-allowed', 'a personal number'],
  [line('US', 'PAGER'), 'number-type-not-allowed', 'a pager'],
  [line('US', 'UAN'), 'number-type-not-allowed', 'a company’s shared number'],
  [line('US', 'VOICEMAIL'), 'number-type-not-allowed', 'a voice mailbox'],
  [line('JM', 'PREMIUM_RATE'), 'number-type-not-allowed', 'a premium-rate number'],
  [{ type: 'satellite' }, 'number-type-not-allowed', 'a satellite telephone'],
  [{ type: 'international' }, 'number-type-not-allowed', 'an international service number'],
  [{ type: 'short-code' }, 'not-textable', 'a short code'],
  [{ type: 'sender-id' }, 'not-textable', 'a name is no number'],
  [{ type: 'unassigned' }, 'not-textable', 'no country’s numbering plan has this number'],
])('%j is refused as %s, in words', (facts, code, words) => {
  expect(destinationRefusal(facts, allowed)).toEqual({ code, reason: expect.stringContaining(words) });
});

test('nothing is allowed where nothing is listed', () => {
  expect(destinationRefusal(line('US', 'MOBILE'), [])).toMatchObject({ code: 'country-not-allowed' });
});
