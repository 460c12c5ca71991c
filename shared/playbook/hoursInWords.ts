import {
  closingAfter,
  type Day,
  dayOf,
  minutesOfDay,
  msOfDay,
  msOfMinute,
  type OpeningHours,
  openingAfter,
  type Span,
  spansOn,
} from './openingHours.ts';

/** Opening hours as a text says them, in one language. Every text is in GSM-7 as far as the language is. */
export interface HoursInWords {
  /** `Tuesday, November 24`. */
  date(instant: number): string;
  /** `7 AM-3 PM`, or the word for closed. */
  today(instant: number): string;
  /** `Tue-Fri 7 AM-3 PM; Sat 8 AM-1 PM`: the days on which it opens, alike ones together. */
  readonly week: string;
  /** When it opens next: `7 AM`, `Tuesday 7 AM`, or with the date where that is more than six days ahead. */
  next(instant: number): string;
  /** When it closes, in the same form. */
  until(instant: number): string;
}

interface Wording {
  readonly language: string;
  /** Said of a day without hours. */
  readonly closedWord: string;
}

/** Understood nearly everywhere. */
const aroundTheClock = '24 h';

export function hoursInWords(hours: OpeningHours, { language, closedWord }: Wording): HoursInWords {
  const { dateOf, weekdayOf, timeOf } = calendarWords(language);
  const spans = (list: readonly Span[]): string => spansInWords(list, timeOf) || closedWord;
  const moment = (at: number | undefined, now: number): string => {
    if (at === undefined) return closedWord;
    if (at === Number.POSITIVE_INFINITY) return aroundTheClock;
    const wall = hours.zone.wallAt(at);
    const day = Math.floor(wall / msOfDay);
    const time = timeOf((wall - day * msOfDay) / msOfMinute);
    const ahead = day - dayOf(hours, now);
    if (ahead === 0) return time;
    return ahead < 7 ? `${weekdayOf(day, 'long')} ${time}` : `${dateOf(day)}, ${time}`;
  };
  return {
    date: (instant) => dateOf(dayOf(hours, instant)),
    today: (instant) => spans(spansOn(hours, dayOf(hours, instant))),
    week: weekInWords(hours, { spans, weekdayOf }) || closedWord,
    next: (instant) => moment(openingAfter(hours, instant), instant),
    until: (instant) => moment(closingAfter(hours, instant), instant),
  };
}

interface CalendarWords {
  dateOf(day: Day): string;
  weekdayOf(day: Day, length: 'long' | 'short'): string;
  /** Minutes since midnight. */
  timeOf(minutes: number): string;
}

/** Days and minutes are walls' already, so they are written as UTC. Spaces that would force UCS-2 become plain ones. */
function calendarWords(language: string): CalendarWords {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return (at: number) => format.format(at).replace(/[\u00a0\u2009\u202f]/g, ' ');
  };
  const date = write({ weekday: 'long', month: 'long', day: 'numeric' });
  const weekday = { long: write({ weekday: 'long' }), short: write({ weekday: 'short' }) };
  const time = write({ timeStyle: 'short' });
  // “7 AM”, but “07:00”: only clocks of twelve hours leave the minutes out.
  const { hour12 } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions();
  const hour = hour12 === true ? write({ hour: 'numeric' }) : time;
  return {
    dateOf: (day) => date(day * msOfDay),
    weekdayOf: (day, length) => weekday[length](day * msOfDay),
    timeOf: (minutes) => (minutes % 60 === 0 ? hour : time)(minutes * msOfMinute),
  };
}

const spansInWords = (spans: readonly Span[], timeOf: CalendarWords['timeOf']): string =>
  spans
    .map(({ from, to }) => (to - from === minutesOfDay ? aroundTheClock : `${timeOf(from)}-${timeOf(to)}`))
    .join(', ');

/** A Monday. */
const someMonday: Day = 4;

interface WeekWords extends Pick<CalendarWords, 'weekdayOf'> {
  spans(list: readonly Span[]): string;
}

function weekInWords({ week }: OpeningHours, { spans, weekdayOf }: WeekWords): string {
  const name = (weekday: number) => weekdayOf(someMonday + weekday, 'short');
  const runs: { first: number; last: number; said: string }[] = [];
  for (const [weekday, list] of week.entries()) {
    if (list.length === 0) continue;
    const run = runs.at(-1);
    if (run?.last === weekday - 1 && run.said === spans(list)) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, said: spans(list) });
  }
  return runs
    .map(({ first, last, said }) => `${first === last ? '' : `${name(first)}-`}${name(last)} ${said}`)
    .join('; ');
}
