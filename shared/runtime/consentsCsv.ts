import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import type { ImportedConsent } from '../conversations/importConsents.ts';
import { isE164, type PhoneNumber, parsePhoneNumber } from '../core/phoneNumbers.ts';
import { type Clock, parseTicks, ticksOf } from '../core/time.ts';
import { textAs } from '../http/fields.ts';
import type { Fault } from '../http/problem.ts';
import { InvalidRequest } from '../http/readRequest.ts';

const mostLines = 2_000;
const mostFaults = 20;
interface Reach {
  readonly clock: Clock;
  readonly settings: { readonly serviceNumbers: ReadonlyMap<PhoneNumber, unknown> };
}

/** Throws `invalid-input` that names every faulty line, counted as a spreadsheet counts them. */
export function readConsentsCsv(csv: string, { clock, settings }: Reach): readonly ImportedConsent[] {
  const line = lineOf(settings.serviceNumbers);
  const now = ticksOf(clock.now());
  const faults: Fault[] = [];
  const consents = linesOf(csv).flatMap((fields, index): ImportedConsent[] => {
    const read = z.safeParse(line, fields);
    if (!read.success) {
      faults.push(...read.error.issues.map((issue) => faultIn(index + 2, issue)));
      return [];
    }
    const { service, subscriber, consent, at, reason } = read.data;
    return [{ service, subscriber, consent: consent || 'revoked', at: at ?? now, reason: reason || 'Imported.' }];
  });
  if (faults.length > 0) throw new InvalidRequest(faults.slice(0, mostFaults));
  return consents;
}

/** A field that is left out, or left empty as spreadsheets do, says nothing. */
const lineOf = (serviceNumbers: ReadonlyMap<PhoneNumber, unknown>) =>
  z.strictObject({
    service: textAs(
      (text) => [parsePhoneNumber(text)].find((number) => number !== undefined && serviceNumbers.has(number)),
      'one of the service numbers',
      { description: '' },
    ),
    subscriber: textAs(numberInFull, 'a number in full, such as +14255550123', { description: '' }),
    consent: z._default(z.enum(['', 'revoked', 'given'], 'must be revoked or given'), ''),
    at: z.optional(
      z.union(
        [
          z.pipe(
            z.literal(''),
            z.transform(() => undefined),
          ),
          instant,
        ],
        'must be an instant in ISO 8601',
      ),
    ),
    reason: z._default(z.string().check(z.maxLength(500, 'must have at most 500 characters')), ''),
  });

/** Of a person: no short code and no sender's name. A spreadsheet takes the `+` away. */
const numberInFull = (text: string): PhoneNumber | undefined => {
  const number = parsePhoneNumber(text);
  return number !== undefined && isE164(number) ? number : undefined;
};

const instant = textAs(parseTicks, 'an instant in ISO 8601', { description: '' });

function linesOf(csv: string): readonly Readonly<Record<string, string>>[] {
  try {
    const lines: Record<string, string>[] = parse(csv, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
    if (lines.length > mostLines) throw faulty(`has ${lines.length} lines; send at most ${mostLines} at a time`);
    return lines;
  } catch (error) {
    if (error instanceof CsvError) throw faulty(`is not CSV: ${error.code}`);
    throw error;
  }
}

function faultIn(line: number, issue: z.core.$ZodIssue): Fault {
  const named = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.');
  const detail = issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message;
  return { in: 'body', field: `line ${line}: ${named}`, detail };
}

const faulty = (detail: string) => new InvalidRequest([{ in: 'body', field: '', detail }]);
