/** What the clocks on the wall show, written down as if it were UTC: milliseconds since 1970-01-01 00:00 by those clocks. */
export type WallTime = number;

/** An IANA time zone. Instants are milliseconds since 1970. */
export interface TimeZone {
  wallAt(instant: number): WallTime;
  /**
   * The first instant at which the clocks show this time or a later one. So a time that comes twice is its first coming,
   * and a time that clocks skip is the moment they skip it.
   */
  instantOf(wall: WallTime): number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const offsetForm = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** Throws a `RangeError` for a name nobody knows. */
export function timeZoneOf(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const offsetAt = (instant: number): number => {
    const shown = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = offsetForm.exec(shown) ?? [];
    const size = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1000;
    return sign === '-' ? -size : size;
  };
  return {
    wallAt: (instant) => instant + offsetAt(instant),
    instantOf: (wall) => firstInstant(wall, offsetAt),
  };
}

/** No zone changes its clocks twice within the two days looked at. */
function firstInstant(wall: WallTime, offsetAt: (instant: number) => number): number {
  const [before, after] = [offsetAt(wall - day), offsetAt(wall + day)];
  const early = wall - before;
  if (before === after || offsetAt(early) === before) return early;
  const late = wall - after;
  if (offsetAt(late) === after) return late;
  return firstWithout(before, { from: late, to: early, offsetAt });
}

interface Search {
  readonly from: number;
  readonly to: number;
  readonly offsetAt: (instant: number) => number;
}

/** The moment between `from` and `to` at which clocks leave this offset. */
function firstWithout(offset: number, { from, to, offsetAt }: Search): number {
  let [still, gone] = [from, to];
  while (gone - still > 1) {
    const middle = Math.floor((still + gone) / 2);
    if (offsetAt(middle) === offset) still = middle;
    else gone = middle;
  }
  return gone;
}
