import { describe, expect, test } from 'vitest';
import type { Country } from '../../shared/core/countries.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import { timeZoneOf } from '../../shared/playbook/timeZone.ts';
import { hoursRefusal } from '../../shared/sms/sendingHours.ts';

const country = (letters: string | undefined) => letters as Country | undefined;

/** Whether a business texts somebody out of the blue, the business in Los Angeles if nothing else is said. */
const refusal = (
  hours: string,
  at: string,
  { zone = 'America/Los_Angeles', home = 'US', there = 'US' }: { zone?: string; home?: string; there?: string } = {},
) =>
  hoursRefusal(
    spansIn(hours),
    { business: timeZoneOf(zone), home: country(home), there: country(there) },
    Date.parse(at),
  );

describe('at home the business’s clock counts', () => {
  test.each<[string, string, boolean]>([
    ['09:00-20:00', '2026-11-24T08:59:59-08:00', false],
    ['09:00-20:00', '2026-11-24T09:00:00-08:00', true],
    ['09:00-20:00', '2026-11-24T19:59:59-08:00', true],
    ['09:00-20:00', '2026-11-24T20:00:00-08:00', false],
    ['08:00-12:00, 13:00-20:00', '2026-11-24T12:30:00-08:00', false],
    ['20:00-02:00', '2026-11-24T01:30:00-08:00', true],
    ['00:00-24:00', '2026-11-24T03:00:00-08:00', true],
    ['closed', '2026-11-24T12:00:00-08:00', false],
  ])('%s at %s: may text: %s', (hours, at, may) => {
    expect(refusal(hours, at) === undefined).toBe(may);
  });

  test('also when the clocks have just changed', () => {
    expect(refusal('09:00-20:00', '2026-11-01T08:59:00-08:00')).toBeDefined();
    expect(refusal('09:00-20:00', '2026-11-01T09:00:00-08:00')).toBeUndefined();
  });
});

describe('in another country all of its clocks count', () => {
  test.each<[string, { zone?: string; home?: string; there?: string }, boolean]>([
    // 21:00 in New York, 18:00 in Los Angeles, 16:00 in Honolulu
    ['2026-11-24T18:00:00-08:00', { there: 'US' }, true],
    ['2026-11-24T18:00:00-08:00', { zone: 'America/Toronto', home: 'CA', there: 'US' }, false],
    // 10:00 in New York, 05:00 in Honolulu; then 14:00 and 09:00
    ['2026-11-24T10:00:00-05:00', { zone: 'America/Toronto', home: 'CA', there: 'US' }, false],
    ['2026-11-24T14:00:00-05:00', { zone: 'America/Toronto', home: 'CA', there: 'US' }, true],
    // 18:00 in Los Angeles is two in the morning in London
    ['2026-11-24T18:00:00-08:00', { there: 'GB' }, false],
    ['2026-11-24T18:00:00-08:00', { there: 'XK' }, true],
  ])('%s %j: may text: %s', (at, where, may) => {
    expect(refusal('09:00-20:00', at, where) === undefined).toBe(may);
  });

  test('where a number tells no country, the business’s clock counts', () => {
    const clocks = { business: timeZoneOf('America/Los_Angeles'), home: undefined, there: country('GB') };
    expect(hoursRefusal(spansIn('09:00-20:00'), clocks, Date.parse('2026-11-24T18:00:00-08:00'))).toBeUndefined();
  });
});

describe('a refusal says when it is over', () => {
  test.each([
    ['09:00-20:00', '2026-11-24T20:30:00-08:00', {}, 'they begin on Wednesday 09:00 by the business’s clock'],
    ['09:00-20:00', '2026-11-25T07:30:00-08:00', {}, 'they begin on Wednesday 09:00 by the business’s clock'],
    // 09:00 in London
    ['09:00-20:00', '2026-11-24T18:00:00-08:00', { there: 'GB' }, 'they begin on Wednesday 01:00'],
    // 09:00 in Honolulu, where it is latest
    ['09:00-20:00', '2026-11-24T20:00:00-05:00', { zone: 'America/Toronto', home: 'CA' }, 'on Wednesday 14:00'],
    ['09:00-11:00', '2026-11-24T20:00:00-05:00', { zone: 'America/Toronto', home: 'CA' }, 'no hour of the day'],
    ['closed', '2026-11-24T12:00:00-08:00', {}, 'no hour of the day'],
  ])('%s at %s %j: %s', (hours, at, where, words) => {
    expect(refusal(hours, at, where)).toEqual({ code: 'outside-hours', reason: expect.stringContaining(words) });
  });
});
