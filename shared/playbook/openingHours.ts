import type { TimeZone } from './timeZone.ts';

/** Minutes since midnight. `to` is later than `from`, and past 1,440 where a span runs over midnight: it belongs to the day it begins on. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Days are counted from 1970-01-01, by local calendars. */
export type Day = number;

export interface OpeningHours {
  /** Seven days, Monday first. */
  readonly week: readonly (readonly Span[])[];
  /** Days that differ from their weekday. */
  readonly dates: ReadonlyMap<Day, readonly Span[]>;
  readonly zone: TimeZone;
}

/** Instants, milliseconds since 1970; open from `from`, no more at `to`. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export const minutesOfDay = 1440;
export const msOfMinute = 60_000;
export const msOfDay = minutesOfDay * msOfMinute;

/** A year, which any pause of a business that still has hours is shorter than. */
const daysAhead = 366;
/** Who stays open for longer than a week and a day does not close at all. */
const longestPeriod = 8;

/** Monday is 0. */
const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

export const dayOf = ({ zone }: OpeningHours, instant: number): Day => Math.floor(zone.wallAt(instant) / msOfDay);

export const spansOn = ({ week, dates }: OpeningHours, day: Day): readonly Span[] =>
  dates.get(day) ?? week[weekdayOf(day)] ?? [];

export const isOpen = (hours: OpeningHours, instant: number): boolean => periodAt(hours, instant, 1) !== undefined;

/** When it closes: `undefined` while it is closed, `Infinity` if it never does. */
export function closingAfter(hours: OpeningHours, instant: number): number | undefined {
  const period = periodAt(hours, instant, longestPeriod + 1);
  if (period === undefined) return undefined;
  return period.to - instant > longestPeriod * msOfDay ? Number.POSITIVE_INFINITY : period.to;
}

/** When it opens next, not counting what it is open for already; `undefined` if it does not within a year. */
export function openingAfter(hours: OpeningHours, instant: number): number | undefined {
  for (const { from } of periods(hours, dayOf(hours, instant) - 1, daysAhead)) if (from > instant) return from;
  return undefined;
}

/** The period that holds the instant, as far as it is known from the days up to `ahead` days later. */
function periodAt(hours: OpeningHours, instant: number, ahead: number): Period | undefined {
  for (const period of periods(hours, dayOf(hours, instant) - 1, ahead + 1))
    if (period.from <= instant && instant < period.to) return period;
  return undefined;
}

/** The times it is open, in order; spans that touch, over midnight or within a day, are one. */
function* periods(hours: OpeningHours, firstDay: Day, days: number): Generator<Period> {
  let open: Period | undefined;
  for (let day = firstDay; day < firstDay + days; day++) {
    for (const next of periodsOn(hours, day)) {
      if (open === undefined || next.from > open.to) {
        if (open !== undefined) yield open;
        open = next;
      } else open = { from: open.from, to: Math.max(open.to, next.to) };
    }
  }
  if (open !== undefined) yield open;
}

/** Where clocks skip an hour, a span that lies within it is none. */
function periodsOn(hours: OpeningHours, day: Day): readonly Period[] {
  const at = (minutes: number) => hours.zone.instantOf(day * msOfDay + minutes * msOfMinute);
  return spansOn(hours, day)
    .map(({ from, to }) => ({ from: at(from), to: at(to) }))
    .filter(({ from, to }) => from < to);
}
