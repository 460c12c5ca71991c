import { Cron } from 'croner';

/** Knows when it is due next, in UTC; `schedule` sets it going, and what it runs never overlaps with itself. */
export type Schedule = Cron;

/** `{second} {minute} {hour} {day} {month} {day of week}`, where day and weekday must both fit: https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions */
const rules = { timezone: 'UTC', mode: '6-part', domAndDow: true, sloppyRanges: true, protect: true } as const;
const item = String.raw`(?:\*|\w{1,3}(?:-\w{1,3})?)(?:/\d+)?`;
const form = new RegExp(`^${item}(?:,${item})*(?: +${item}(?:,${item})*){5}$`);
/** What croner reads beyond NCRONTAB, and Azure would refuse: last days, nearest weekdays, a Sunday called 7. */
const beyond = /\d*[LW]\b|(?<!\/)\b7\b\S*$/i;

/** Throws an Error with the reason where Azure would not take the expression. */
export function readSchedule(text: string): Schedule {
  const expression = text.trim();
  if (!form.test(expression) || beyond.test(expression)) {
    throw new Error(`The schedule "${text}" is not NCRONTAB: six fields of numbers, names, *, -, / and commas.`);
  }
  try {
    return new Cron(expression, rules);
  } catch (cause) {
    throw new Error(`The schedule "${text}" is not NCRONTAB: ${(cause as Error).message}`, { cause });
  }
}
