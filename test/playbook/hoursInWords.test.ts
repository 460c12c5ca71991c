import { expect, test } from 'vitest';
import { hoursInWords } from '../../shared/playbook/hoursInWords.ts';
import { longestDate, longestTime } from '../../shared/playbook/lengths.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import { timeZoneOf } from '../../shared/playbook/timeZone.ts';

const always = Array<string>(7).fill('00:00-24:00');
const week = [
  'closed',
  '07:00-15:00',
  '07:00-15:00',
  '07:00-15:00',
  '07:00-15:00',
  '08:00-12:00, 13:30-16:00',
  '08:00-13:00',
];

function wordsFor(days: readonly string[], language = 'en-US', closedWord = 'closed') {
  const opening = { week: days.map(spansIn), dates: new Map(), zone: timeZoneOf('America/Los_Angeles') };
  return hoursInWords(opening, { language, closedWord });
}

/** A Tuesday. */
const at = (time: string) => Date.parse(`2026-11-24T${time}-08:00`);

test('English, as it is written in the US', () => {
  const words = wordsFor(week);
  expect(words.date(at('09:00'))).toBe('Tuesday, November 24');
  expect(words.today(at('09:00'))).toBe('7 AM-3 PM');
  expect(words.week).toBe('Tue-Fri 7 AM-3 PM; Sat 8 AM-12 PM, 1:30 PM-4 PM; Sun 8 AM-1 PM');
  expect(words.next(at('06:00'))).toBe('7 AM');
  expect(words.next(at('09:00'))).toBe('Wednesday 7 AM');
  expect(words.until(at('09:00'))).toBe('3 PM');
  expect(words.until(at('16:00'))).toBe('closed');
});

test.each([
  ['en-GB', 'Tuesday 24 November', '07:00-15:00'],
  ['de', 'Dienstag, 24. November', '07:00-15:00'],
  ['fr', 'mardi 24 novembre', '07:00-15:00'],
  ['es', 'martes, 24 de noviembre', '7:00-15:00'],
])('%s', (language, date, today) => {
  const words = wordsFor(week, language);
  expect(words.date(at('09:00'))).toBe(date);
  expect(words.today(at('09:00'))).toBe(today);
});

test('the day is the one of the time zone', () => {
  expect(wordsFor(week).date(Date.parse('2026-11-24T07:59:00Z'))).toBe('Monday, November 23');
});

test('an opening more than six days ahead has its date', () => {
  const opening = { week: Array(7).fill([]), dates: new Map(), zone: timeZoneOf('America/Los_Angeles') };
  opening.dates.set(Date.parse('2026-12-01T00:00Z') / 86_400_000, spansIn('10:00-18:00'));
  const words = hoursInWords(opening, { language: 'en-US', closedWord: 'closed' });
  expect(words.next(at('12:00'))).toBe('Tuesday, December 1, 10 AM');
  expect(words.next(at('12:00') + 86_400_000)).toBe('Tuesday 10 AM');
});

test('a whole day is 24 h; who never closes is open until 24 h', () => {
  const words = wordsFor(always);
  expect([words.today(at('09:00')), words.week, words.until(at('09:00')), words.next(at('09:00'))]).toEqual([
    '24 h',
    'Mon-Sun 24 h',
    '24 h',
    'closed',
  ]);
});

test('midnight and a night', () => {
  const words = wordsFor(['18:00-24:00', '18:00-02:00', ...Array(5).fill('closed')]);
  expect(words.week).toBe('Mon 6 PM-12 AM; Tue 6 PM-2 AM');
  expect(words.until(at('20:00'))).toBe('Wednesday 2 AM');
});

test('without any hours the word for closed is said', () => {
  const words = wordsFor(Array(7).fill('closed'), 'fr', 'fermé');
  const now = at('09:00');
  expect([words.today(now), words.week, words.next(now), words.until(now)]).toEqual(Array(4).fill('fermé'));
});

const languages = [
  ...'af am ar as az be bg bn bs ca cs cy da de el en-US en-GB en-AU es es-MX et eu fa fi fil fr fr-CA ga gl gu he hi hr'.split(
    ' ',
  ),
  ...'hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl or pa pl ps pt pt-PT ro ru sd si sk sl so'.split(
    ' ',
  ),
  ...'sq sr sv sw ta te th tk tr uk ur uz vi zh zh-Hant zu'.split(' '),
];

test.each(languages)(
  'no time or date in %s is longer than lengths are judged by, nor has it a space that forces UCS-2',
  (language) => {
    const clocks = wordsFor(Array(7).fill('00:59-12:59'), language);
    for (const time of clocks.today(at('09:00')).split('-')) expect(time.length).toBeLessThanOrEqual(longestTime);
    for (let month = 0; month < 12; month++) {
      for (let day = 20; day < 27; day++) {
        const date = clocks.date(Date.UTC(2026, month, day, 20));
        expect(date.length).toBeLessThanOrEqual(longestDate);
        expect(date).not.toMatch(/[\u00a0\u2009\u202f]/);
      }
    }
  },
);
