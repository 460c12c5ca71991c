import * as z from 'zod/mini';
import { parseConversationId, parseEntryKey } from '../conversations/keys.ts';
import { type PhoneNumber, parsePhoneNumber } from '../core/phoneNumbers.ts';
import { maxTextLength, saysSomething } from '../core/textLimit.ts';

/** A string as the domain value that it stands for, by the domain's own reader; `says` is for the OpenAPI document. */
export const textAs = <T>(
  read: (text: string) => T | undefined,
  must: string,
  says: { readonly description: string; readonly pattern?: string },
) =>
  z.pipe(
    z.string().check(z.meta(says)),
    z.transform((text, context): T => {
      const value = read(text);
      if (value !== undefined) return value;
      context.issues.push({ code: 'custom', input: text, message: `must be ${must}` });
      return z.NEVER;
    }),
  );

export const conversationId = textAs(parseConversationId, 'the id of a conversation, as the inbox gives it', {
  description: 'Of a conversation; tells no number.',
  pattern: '^[A-Za-z0-9_-]{22}$',
});

export const entryId = textAs(parseEntryKey, 'the id of an entry, as the timeline gives it', {
  description: 'Of an entry on the timeline.',
  pattern: '^e[0-9]{17}[01][A-Za-z0-9_-]{16}$',
});

const numberInFull = (text: string): PhoneNumber | undefined => {
  const number = text.startsWith('+') ? parsePhoneNumber(text) : undefined;
  return number === text ? number : undefined;
};

/** Of a person: only a telephone can be texted first, and nothing of its number is guessed. */
export const subscriber = textAs(numberInFull, 'a number in full, such as +14255550123', {
  description: 'A number in E.164 form.',
  pattern: '^\\+[1-9][0-9]{6,14}$',
});

/** One of ours, as it is configured. In a query string `+` means a space, so a number without it is understood too. */
export const serviceNumber = textAs(parsePhoneNumber, 'a number, a short code or a sender name', {
  description: 'One of the service numbers. In a query write `+` as `%2B`, or leave it out.',
});

/** ACS takes 2,048 characters in one request (https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq). */
export const messageText = z.string().check(
  z.refine(saysSomething, 'must say something'),
  z.maxLength(maxTextLength),
  z.refine((text) => text.isWellFormed(), 'must be whole characters, without half of a surrogate pair'),
  z.describe('What the subscriber is to read.'),
);

export const limit = z._default(
  z.coerce.number().check(z.int(), z.gte(1), z.lte(100), z.describe('How many at most.')),
  50,
);

export const cursor = z.optional(
  z.string().check(z.minLength(1), z.maxLength(2000), z.describe('Where the page before ended: its `cursor`.')),
);

/** A yes or no in a query string. */
export const yesOrNo = (says: string) =>
  z.optional(
    z.pipe(
      z.enum(['true', 'false']).check(z.describe(says)),
      z.transform((word) => word === 'true'),
    ),
  );

export const instant = z.iso.datetime().check(z.meta({ pattern: undefined, examples: ['2026-11-23T09:30:00.000Z'] }));

/** The header by which a caller says what it has. */
export const ifNoneMatch = z.optional(z.string().check(z.describe('The `ETag` of what the caller has.')));

/** Of a route that answers 304 where the caller has its answer already. */
export const conditional = {
  headers: z.object({ 'if-none-match': ifNoneMatch }),
  etag: { ETag: 'To be sent back as `If-None-Match`.' },
  unchanged: { description: 'It is what the caller has.', headers: { ETag: 'As it was.' } },
} as const;

/** A page of a list. */
export const pageOf = <T extends z.ZodMiniType>(items: T, says: string) => ({
  items: z.readonly(z.array(items)),
  cursor: z.optional(z.string().check(z.describe(says))),
});
