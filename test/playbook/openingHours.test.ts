import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closingAfter, isOpen, type OpeningHours, openingAfter, spansOn } from '../../shared/playbook/openingHours.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import { timeZoneOf } from '../../shared/playbook/timeZone.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const instant = (iso: string): number => Date.parse(iso);

/** Seven days, Monday first, and dates that differ. */
function hoursOf(
  week: readonly string[],
  dates: Readonly<Record<string, string>> = {},
  zone = 'America/Los_Angeles',
): OpeningHours {
  return {
    week: week.map(spansIn),
    dates: new Map(Object.entries(dates).map(([date, text]) => [instant(`${date}T00:00Z`) / day, spansIn(text)])),
    zone: timeZoneOf(zone),
  };
}

const weekdays = [
  'closed',
  '07:00-15:00',
  '07:00-15:00',
  '07:00-15:00',
  '07:00-15:00',
  '08:00-12:00, 13:00-16:00',
  '08:00-13:00',
];
const bakery = hoursOf(weekdays, { '2026-11-26': 'closed', '2026-12-24': '07:00-12:00' });
const bar = hoursOf(['closed', 'closed', 'closed', '18:00-24:00', '00:00-02:00, 18:00-03:00', '18:00-03:00', 'closed']);

test.each([
  ['just before it opens', bakery, '2026-11-24T06:59:59-08:00', false],
  ['as it opens', bakery, '2026-11-24T07:00:00-08:00', true],
  ['just before it closes', bakery, '2026-11-24T14:59:59-08:00', true],
  ['as it closes', bakery, '2026-11-24T15:00:00-08:00', false],
  ['on a day without hours', bakery, '2026-11-23T12:00:00-08:00', false],
  ['in the lunch break', bakery, '2026-11-28T12:30:00-08:00', false],
  ['on a holiday', bakery, '2026-11-26T12:00:00-08:00', false],
  ['on a date with shorter hours', bakery, '2026-12-24T13:00:00-08:00', false],
  ['before midnight', bar, '2026-11-26T23:59:59-08:00', true],
  ['at midnight, where spans of two days touch', bar, '2026-11-27T00:00:00-08:00', true],
  ['after midnight, in the span of the day before', bar, '2026-11-28T02:59:59-08:00', true],
  ['at the end of it', bar, '2026-11-28T03:00:00-08:00', false],
  ['after midnight on a day that is closed', bar, '2026-11-29T02:00:00-08:00', true],
])('%s', (_, hours, at, open) => {
  expect(isOpen(hours, instant(at))).toBe(open);
});

test.each([
  ['later today', bakery, '2026-11-24T05:00-08:00', '2026-11-24T07:00-08:00'],
  ['tomorrow, since it is open now', bakery, '2026-11-24T09:00-08:00', '2026-11-25T07:00-08:00'],
  ['over a holiday', bakery, '2026-11-25T20:00-08:00', '2026-11-27T07:00-08:00'],
  ['after the break', bakery, '2026-11-28T12:00-08:00', '2026-11-28T13:00-08:00'],
  ['over a day without hours', bakery, '2026-11-29T13:00-08:00', '2026-12-01T07:00-08:00'],
  ['after a night that two days share', bar, '2026-11-26T20:00-08:00', '2026-11-27T18:00-08:00'],
])('it opens next %s', (_, hours, at, opening) => {
  expect(openingAfter(hours, instant(at))).toBe(instant(opening));
});

test.each([
  ['today', bakery, '2026-11-24T09:00-08:00', '2026-11-24T15:00-08:00'],
  ['for the break', bakery, '2026-11-28T11:00-08:00', '2026-11-28T12:00-08:00'],
  ['after midnight', bar, '2026-11-26T20:00-08:00', '2026-11-27T02:00-08:00'],
])('it closes %s', (_, hours, at, closing) => {
  expect(closingAfter(hours, instant(at))).toBe(instant(closing));
});

test('while it is closed it closes at no time', () => {
  expect(closingAfter(bakery, instant('2026-11-23T12:00-08:00'))).toBeUndefined();
});

test('who is always open never closes and never opens', () => {
  const always = hoursOf(Array(7).fill('00:00-24:00'));
  for (const at of ['2026-03-08T01:30-08:00', '2026-11-01T23:59-08:00', '2026-11-24T00:00-08:00']) {
    expect(isOpen(always, instant(at))).toBe(true);
    expect(closingAfter(always, instant(at))).toBe(Number.POSITIVE_INFINITY);
    expect(openingAfter(always, instant(at))).toBeUndefined();
  }
});

test('who closes for an hour a week does close', () => {
  const nearly = hoursOf([...Array(6).fill('00:00-24:00'), '00:00-03:00, 04:00-24:00']);
  expect(closingAfter(nearly, instant('2026-11-29T04:00-08:00'))).toBe(instant('2026-12-06T03:00-08:00'));
});

test('who has no hours at all never opens', () => {
  const never = hoursOf(Array(7).fill('closed'));
  expect(isOpen(never, 0)).toBe(false);
  expect(openingAfter(never, 0)).toBeUndefined();
});

test('a season that begins months ahead is found', () => {
  const season = hoursOf(Array(7).fill('closed'), { '2027-06-01': '10:00-18:00' });
  expect(openingAfter(season, instant('2026-11-24T12:00-08:00'))).toBe(instant('2027-06-01T10:00-07:00'));
});

test.each([
  ['the night is an hour shorter', '22:00-04:00', '2026-03-08T00:00-08:00', 5],
  ['the night is an hour longer', '22:00-04:00', '2026-11-01T00:00-07:00', 7],
])('when clocks change, %s', (_, night, at, hours) => {
  const club = hoursOf(Array(7).fill(night));
  const closing = closingAfter(club, instant(at))!;
  const opening = openingAfter(club, instant(at) - day)!;
  expect(closing - opening).toBe(hours * hour);
});

test('a span within the hour that clocks skip is none that day', () => {
  const odd = hoursOf(Array(7).fill('02:10-02:50'));
  expect(openingAfter(odd, instant('2026-03-07T12:00-08:00'))).toBe(instant('2026-03-09T02:10-07:00'));
});

test('a span that begins in the hour that clocks skip begins as they jump', () => {
  const early = hoursOf(Array(7).fill('02:30-09:00'));
  expect(openingAfter(early, instant('2026-03-08T00:00-08:00'))).toBe(instant('2026-03-08T03:00-07:00'));
});

const zones = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'UTC',
];
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const dayHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 95 }), { maxLength: 4 })
  .map((quarters) => quarters.sort((a, b) => a - b).map((quarter) => clock(quarter * 15)))
  .map(
    (times) =>
      times.flatMap((from, n) => (n % 2 === 0 && times[n + 1] ? [`${from}-${times[n + 1]}`] : [])).join(', ') ||
      'closed',
  );
const nightHours = fc
  .tuple(fc.integer({ min: 12, max: 23 }), fc.integer({ min: 0, max: 11 }))
  .map(([from, to]) => `${clock(from * 60)}-${clock(to * 60)}`);
const anyHours = fc.record({
  week: fc.array(fc.oneof(dayHours, nightHours), { minLength: 7, maxLength: 7 }),
  zone: fc.constantFrom(...zones),
});
const anyInstant = fc
  .integer({ min: instant('2024-01-01') / minute, max: instant('2030-01-01') / minute })
  .map((n) => n * minute);

test('it is open exactly while the clocks on the wall show its hours (but for the hour that comes twice)', () => {
  fc.assert(
    fc.property(anyHours, anyInstant, ({ week, zone }, at) => {
      const hours = hoursOf(week, {}, zone);
      const { wallAt } = hours.zone;
      fc.pre(wallAt(at) - wallAt(at - 2 * hour) >= 2 * hour && wallAt(at + 2 * hour) - wallAt(at) >= 2 * hour);
      const wall = wallAt(at);
      const today = Math.floor(wall / day);
      const shows = [today - 1, today].some((each) =>
        spansOn(hours, each).some(
          ({ from, to }) => each * day + from * minute <= wall && wall < each * day + to * minute,
        ),
      );
      expect(isOpen(hours, at)).toBe(shows);
    }),
    { numRuns: 500 },
  );
});

test('it opens where it was closed and closes where it was open, and nothing changes before', () => {
  fc.assert(
    fc.property(anyHours, anyInstant, ({ week, zone }, at) => {
      const hours = hoursOf(week, {}, zone);
      const closing = closingAfter(hours, at);
      const opening = openingAfter(hours, at);
      expect(closing !== undefined).toBe(isOpen(hours, at));
      const until = closing ?? at;
      for (let t = at; t < Math.min(until, at + 2 * day); t += 31 * minute) expect(isOpen(hours, t)).toBe(true);
      if (opening === undefined) return;
      expect(opening).toBeGreaterThan(at);
      expect([isOpen(hours, opening - 1), isOpen(hours, opening)]).toEqual([false, true]);
      if (closing !== undefined) expect([isOpen(hours, closing - 1), isOpen(hours, closing)]).toEqual([true, false]);
      for (let t = until; t < Math.min(opening, until + 2 * day); t += 31 * minute)
        expect(isOpen(hours, t)).toBe(false);
    }),
    { numRuns: 200 },
  );
});
