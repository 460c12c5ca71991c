import * as z from 'zod/mini';
import { nearestName } from './nearestName.ts';
import { faultInPattern } from './pattern.ts';
import { ordinaryToo, reservedWordIn } from './reservedWords.ts';
import { faultInHours, hoursForm } from './spans.ts';
import { everyPlaceholder, faultsInTemplate } from './template.ts';
import { timeZoneOf } from './timeZone.ts';
import { wordsOf } from './words.ts';

/** An object in which an unknown key is a fault that says what was probably meant. */
export const exactly = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, Object.keys(shape)) : undefined),
  });

function unknownKeys(unknown: readonly string[], known: readonly string[]): string {
  const named = unknown.map((key) => {
    const meant = nearestName(key, known);
    return meant === undefined ? `"${key}"` : `"${key}" (did you mean "${meant}"?)`;
  });
  return `has no place for ${named.join(', ')}; what may stand here: ${known.join(', ')}`;
}

/** A check by a function that says what is wrong, if anything; it wants the checks before it to have held. */
const without = (faultsIn: (value: string) => readonly string[] | string | undefined) =>
  z.superRefine((value: string, context) => {
    for (const fault of [faultsIn(value) ?? []].flat()) context.addIssue(fault);
  });

/** Holds where the attempt comes to something and does not throw. */
const succeeds =
  (attempt: (value: string) => unknown) =>
  (value: string): boolean => {
    try {
      return Boolean(attempt(value));
    } catch {
      return false;
    }
  };

export const text = (description: string, longest: number) =>
  z.string().check(z.regex(/\S/, 'must say something'), z.maxLength(longest), z.describe(description));

export const template = (description: string) =>
  z
    .string()
    .check(
      z.regex(/\S/, 'must say something'),
      without(faultsInTemplate),
      z.describe(`${description} Filled in: ${everyPlaceholder}.`),
    );

export const timeZone = z
  .string()
  .check(
    z.refine(succeeds(timeZoneOf), 'is no time zone; write a name such as America/Los_Angeles or Europe/Berlin'),
    z.describe('Where the business is, as an IANA time zone such as America/Los_Angeles.'),
  );

/** A language that is not known here would be written as whatever the machine speaks. */
const isKnownLanguage = succeeds((tag) => Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0);

export const language = z
  .string()
  .check(
    z.refine(isKnownLanguage, 'is no language tag; write one such as en-US, es or fr-CA'),
    z.describe('How times and dates are written in texts, as a language tag such as en-US, es or fr-CA.'),
  );

export const hoursOfDay = z.string().check(
  z.regex(hoursForm, {
    error: 'must be "closed", hours such as "07:00-15:00", or several such as "08:00-12:00, 13:00-17:00"',
    abort: true,
  }),
  without(faultInHours),
  z.meta({
    id: 'hoursOfDay',
    description: 'closed, or hours such as 07:00-15:00 or 08:00-12:00, 13:00-17:00. 18:00-02:00 runs over midnight.',
  }),
);

export const date = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date such as 2026-12-25', abort: true }),
  z.refine((value) => isoDate(value) === value, 'is no day of the calendar'),
);

function isoDate(value: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
}

const hasWords = z.refine<string>(
  (value) => wordsOf(value).length > 0,
  'has no letters or digits; signs and emoji can be found by a pattern',
);

const words = z.string().check(z.maxLength(100), hasWords);

const unreserved = without((value) => {
  const { word } = reservedWordIn(value) ?? {};
  if (word === undefined || word === ordinaryToo) return undefined;
  return `is never asked for: ${word} is acted on before any rule; set sms.help, sms.stopConfirmation or sms.startConfirmation`;
});

const listOf = (item: typeof words, description: string) =>
  z.array(item).check(z.minLength(1), z.maxLength(50), z.describe(description));

export const keywords = listOf(
  words.check(unreserved),
  'The whole text is one of these; case, accents and punctuation do not matter.',
);

export const phrases = listOf(
  words,
  'The text contains one of these, word for word; case, accents and punctuation do not matter.',
);

export const pattern = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(500),
    without(faultInPattern),
    z.describe('A regular expression (RE2) is found anywhere in the text, in any case.'),
  );
