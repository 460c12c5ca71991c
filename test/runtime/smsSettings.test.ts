import { expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';
import { smsSettings } from '../../shared/runtime/smsSettings.ts';
import { requiredSettings } from '../support/requiredSettings.ts';

const valid = {
  ...requiredSettings,
  SERVICE_NUMBERS: '+18005550100, 12345=short-code',
  ALLOWED_COUNTRIES: 'US, uk',
};

/** The limits as the SMS use cases are told them. */
const limits = (environment: Readonly<Record<string, string>>) => {
  const { allowedCountries, subscriberCap, sendingHours, answerWithin } = smsSettings(
    readConfig({ ...valid, ...environment }),
  );
  return { allowedCountries, subscriberCap, sendingHours, answerWithin };
};

test('limits are protective if nothing is set', () => {
  expect(limits({ SERVICE_NUMBERS: '+18005550100', ALLOWED_COUNTRIES: '' })).toEqual({
    allowedCountries: 'own',
    subscriberCap: { segments: 100, within: 86_400_000 },
    sendingHours: [{ from: 8 * 60, to: 21 * 60 }],
    answerWithin: 86_400_000,
  });
});

test('countries are listed by their letters, in either case', () => {
  expect(limits({}).allowedCountries).toEqual(['US', 'GB']);
});

test.each([
  ['US, Atlantis', '"Atlantis"'],
  ['EU', '"EU"'],
  ['US,', '""'],
])('what is no country is named in %j', (list, fault) => {
  expect(() => limits({ ALLOWED_COUNTRIES: list })).toThrow(`ALLOWED_COUNTRIES has what is no country: ${fault}`);
});

test('countries have to be listed where a service number tells none', () => {
  expect(() => limits({ ALLOWED_COUNTRIES: 'own' })).toThrow(/ALLOWED_COUNTRIES must list countries: .*12345/);
});

test.each([
  ['09:00-20:00, 08:00-09:00', /out of order/],
  ['9 to 5', /must be hours such as 09:00-20:00/],
])('%j are no sending hours', (hours, fault) => {
  expect(() => limits({ SENDING_HOURS: hours })).toThrow(fault);
});

test.each([
  [{ SEGMENTS_PER_DAY: '0' }, 'SEGMENTS_PER_DAY must be a whole number'],
  [{ SEGMENTS_PER_DAY: '50' }, 'SEGMENT_TRANCHE must be less than SEGMENTS_PER_DAY'],
])('a day that is too small is a fault: %j', (environment, fault) => {
  expect(() => limits(environment)).toThrow(fault);
});
