import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeZoneOf } from '../../shared/playbook/timeZone.ts';

const utc = (iso: string): number => Date.parse(`${iso}Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 19);

test.each([
  ['America/Los_Angeles', '2026-01-15T20:00:00', '2026-01-15T12:00:00'],
  ['America/Los_Angeles', '2026-07-15T19:00:00', '2026-07-15T12:00:00'],
  ['Europe/Berlin', '2026-11-24T23:30:00', '2026-11-25T00:30:00'],
  ['Asia/Kathmandu', '2026-11-24T00:00:00', '2026-11-24T05:45:00'],
  ['America/St_Johns', '2026-11-24T00:00:00', '2026-11-23T20:30:00'],
  ['UTC', '2026-11-24T00:00:00', '2026-11-24T00:00:00'],
])('in %s clocks at %s UTC show %s', (name, instant, wall) => {
  const zone = timeZoneOf(name);
  expect(iso(zone.wallAt(utc(instant)))).toBe(wall);
  expect(iso(zone.instantOf(utc(wall)))).toBe(instant);
});

test.each([
  [
    'a time that is skipped is the moment of the jump',
    'America/Los_Angeles',
    '2026-03-08T02:30:00',
    '2026-03-08T10:00:00',
  ],
  ['the first time after the jump too', 'America/Los_Angeles', '2026-03-08T03:00:00', '2026-03-08T10:00:00'],
  ['the last before it stays', 'America/Los_Angeles', '2026-03-08T01:59:00', '2026-03-08T09:59:00'],
  ['a time that comes twice is the first of them', 'America/Los_Angeles', '2026-11-01T01:30:00', '2026-11-01T08:30:00'],
  ['the hour after both is one', 'America/Los_Angeles', '2026-11-01T02:00:00', '2026-11-01T10:00:00'],
  ['half an hour skipped', 'Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:30:00'],
  ['midnight skipped', 'America/Santiago', '2026-09-06T00:00:00', '2026-09-06T04:00:00'],
  ['a whole day skipped', 'Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T10:00:00'],
])('%s: %s %s is %s UTC', (_, name, wall, instant) => {
  expect(iso(timeZoneOf(name).instantOf(utc(wall)))).toBe(instant);
});

test('whatever the zone and the time, the instant is the first at which clocks show it or a later one', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const minutes = fc.integer({ min: utc('2005-01-01T00:00') / 60_000, max: utc('2035-01-01T00:00') / 60_000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minutes, (name, minute) => {
      const zone = timeZoneOf(name);
      const wall = minute * 60_000;
      const instant = zone.instantOf(wall);
      expect(zone.wallAt(instant)).toBeGreaterThanOrEqual(wall);
      expect(zone.wallAt(instant - 1)).toBeLessThan(wall);
    }),
    { numRuns: 300 },
  );
});

test('a zone nobody knows is refused', () => {
  expect(() => timeZoneOf('Mars/Olympus')).toThrow(RangeError);
});
