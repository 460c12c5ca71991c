import { getCountries } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { type Country, countryName, parseCountry, zoneNamesOf } from '../../shared/core/countries.ts';

test.each([
  ['US', 'US'],
  ['us', 'US'],
  ['UK', 'GB'],
  ['XK', 'XK'],
  ['EU', undefined],
  ['ZZ', undefined],
  ['USA', undefined],
  ['1', undefined],
  ['', undefined],
])('%j reads as %s', (text, country) => {
  expect(parseCountry(text)).toBe(country);
});

test('every country that has telephone numbers can be listed, under the name that its numbers tell', () => {
  expect(getCountries().filter((country) => parseCountry(country) !== country)).toEqual([]);
});

test('a country has a name and the zones of its clocks', () => {
  expect(countryName('GB' as Country)).toBe('United Kingdom');
  expect(zoneNamesOf('GB' as Country)).toEqual(['Europe/London']);
  expect(zoneNamesOf('US' as Country)).toContain('Pacific/Honolulu');
});
