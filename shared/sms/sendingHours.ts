import { type Country, zoneNamesOf } from '../core/countries.ts';
import { isOpen, msOfDay, type OpeningHours, openingAfter, type Span } from '../playbook/openingHours.ts';
import { type TimeZone, timeZoneOf } from '../playbook/timeZone.ts';
import type { Refusal } from './refusal.ts';

/** Whose clocks count. */
export interface Clocks {
  /** The business’s own. */
  readonly business: TimeZone;
  /** The service number’s country and the subscriber’s, where the number tells one. */
  readonly home: Country | undefined;
  readonly there: Country | undefined;
}

/**
 * Why nobody may be texted out of the blue right now; `undefined` if they may. A number tells a country and not a place:
 * at home the business’s clock stands for all, and in another country every one of its clocks has to agree.
 */
export function hoursRefusal(spans: readonly Span[], clocks: Clocks, now: number): Refusal | undefined {
  const all = zonesThatCount(clocks).map((zone) => everyDay(spans, zone));
  if (all.every((hours) => isOpen(hours, now))) return undefined;
  const opening = whenAllAreOpen(all, now);
  const next =
    opening === undefined
      ? 'no hour of the day is within them everywhere in the subscriber’s country'
      : `they begin on ${inWords(clocks.business.wallAt(opening))} by the business’s clock`;
  return {
    code: 'outside-hours',
    reason: `Not sent: the subscriber has not written lately, and it is outside the sending hours; ${next} (setting SENDING_HOURS).`,
  };
}

function zonesThatCount({ business, home, there }: Clocks): readonly TimeZone[] {
  if (home === undefined || there === undefined || home === there) return [business];
  const names = zoneNamesOf(there);
  return names.length === 0 ? [business] : names.map(timeZoneOf);
}

const everyDay = (spans: readonly Span[], zone: TimeZone): OpeningHours => ({
  zone,
  week: Array.from({ length: 7 }, () => spans),
  dates: new Map(),
});

/** More steps than there are openings of all clocks within a few days. */
const mostSteps = 100;

/** Goes from opening to opening of those that are closed until none is. */
function whenAllAreOpen(all: readonly OpeningHours[], now: number): number | undefined {
  let at = now;
  for (let step = 0; step < mostSteps; step++) {
    const closed = all.filter((hours) => !isOpen(hours, at));
    if (closed.length === 0) return at;
    at = Math.max(...closed.map((hours) => openingAfter(hours, at) ?? Number.POSITIVE_INFINITY));
    if (at > now + 7 * msOfDay) return undefined;
  }
  return undefined;
}

/** A wall’s time is written as if it were UTC. */
const inWords = (wall: number): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(
    wall,
  );
