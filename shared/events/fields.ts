import * as z from 'zod/mini';
import { parsePhoneNumber } from '../core/phoneNumbers.ts';
import { parseTicks } from '../core/time.ts';

/** A number of any form that the wire uses, in the one that we keep. */
export const phoneNumber = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const number = parsePhoneNumber(text);
    if (number !== undefined) return number;
    context.issues.push({ code: 'custom', message: 'not a phone number, short code or sender id', input: text });
    return z.NEVER;
  }),
);

/** An ISO 8601 instant, to 100 ns. */
export const instant = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const at = parseTicks(text);
    if (at !== undefined) return at;
    context.issues.push({ code: 'custom', message: 'not an ISO 8601 instant', input: text });
    return z.NEVER;
  }),
);
