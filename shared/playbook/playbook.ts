import { AppError } from '../core/errors.ts';
import { type CallScript, callScriptOf } from './callScript.ts';
import { faultLines } from './faults.ts';
import { type HoursInWords, hoursInWords } from './hoursInWords.ts';
import type { Day, OpeningHours } from './openingHours.ts';
import { msOfDay } from './openingHours.ts';
import { type PlaybookFile, playbookFile, weekdays } from './playbookFile.ts';
import { type Rule, ruleOf } from './rules.ts';
import { spansIn } from './spans.ts';
import { type TimeZone, timeZoneOf } from './timeZone.ts';

/** What the bot says, ready to be asked. Its texts are templates without faults. */
export interface Playbook {
  readonly business: string;
  readonly zone: TimeZone;
  /** Absent where nothing is known of opening hours. */
  readonly hours: OpeningHours | undefined;
  /** Written when first wanted, since a language takes some milliseconds to load. */
  readonly words: () => HoursInWords;
  readonly sms: SmsPlaybook;
  /** Absent where nothing says how calls are answered. */
  readonly calls: CallScript | undefined;
  /** What agents start from, in the order shown; nothing in them is filled in. */
  readonly templates: PlaybookFile['templates'];
}

interface SmsPlaybook extends Omit<PlaybookFile['sms'], 'rules'> {
  readonly rules: readonly Rule[];
}

/**
 * Reads what `playbook.json` holds. Throws `invalid-configuration` with every fault in it, one on a line, each with its
 * path and what to change.
 */
export function parsePlaybook(json: unknown): Playbook {
  const { success, data, error } = playbookFile.safeParse(json, { reportInput: true });
  if (!success) throw new AppError('invalid-configuration', inWords(faultLines(error.issues)));
  return compile(data);
}

const inWords = (lines: readonly string[]): string =>
  [`The playbook has ${lines.length === 1 ? 'a fault' : `${lines.length} faults`}:`, ...lines].join('\n');

function compile({ business, hours, sms, calls, templates }: PlaybookFile): Playbook {
  const zone = timeZoneOf(business.timeZone);
  const closedWord = hours?.closedWord ?? '';
  const opening = openingHoursOf(hours, zone);
  let words: HoursInWords | undefined;
  return {
    business: business.name,
    zone,
    hours: hours && opening,
    words: () => (words ??= hoursInWords(opening, { language: business.language, closedWord })),
    sms: { ...sms, rules: sms.rules.map(ruleOf) },
    calls: calls && callScriptOf(calls, business.language),
    templates,
  };
}

const openingHoursOf = (hours: PlaybookFile['hours'], zone: TimeZone): OpeningHours => ({
  zone,
  week: weekdays.map((day) => spansIn(hours?.week[day] ?? 'closed')),
  dates: new Map(Object.entries(hours?.dates ?? {}).map(([date, text]) => [dayOfDate(date), spansIn(text)])),
});

const dayOfDate = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / msOfDay;
