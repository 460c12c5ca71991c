import * as z from 'zod/mini';
import type { ErrorCode } from '../core/errors.ts';

export type ProblemCode = ErrorCode | 'internal';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Seconds after which the same request may go through. */
  readonly retryAfter?: number;
}

/** What each error is on the wire: here and nowhere else an error has an HTTP status. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  'invalid-input': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'A valid bearer token is required' },
  forbidden: { status: 403, title: 'The token does not grant the role that this takes' },
  'scope-not-allowed': { status: 403, title: 'Your roles do not allow a token for this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'The request does not fit how things stand' },
  'opted-out': { status: 409, title: 'The subscriber has revoked consent' },
  'outside-hours': { status: 409, title: 'It is too late or too early to begin texting this subscriber' },
  busy: { status: 409, title: 'Somebody else is changing this right now', retryAfter: 1 },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key came with another body before' },
  'not-textable': { status: 422, title: 'No text can reach this number' },
  'number-type-not-allowed': { status: 422, title: 'Numbers of this kind are not texted' },
  'country-not-allowed': { status: 422, title: 'Texts to this country are not allowed' },
  'subscriber-limit': { status: 429, title: 'The subscriber has had all segments allowed for now' },
  'daily-limit': { status: 429, title: 'All segments allowed for the day are spent' },
  'token-limit': { status: 429, title: 'You have had all tokens allowed for now' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'invalid-configuration': { status: 500, title: 'The app is not configured as it should be' },
  'storage-failed': { status: 503, title: 'Storage did not answer as it should', retryAfter: 5 },
  // The pause after which the issuer is asked again for a key that it did not have (`issuerKeys.ts`).
  unavailable: { status: 503, title: 'A service that this rests on does not answer', retryAfter: 30 },
};

export const problemCodes = Object.keys(problemKinds) as readonly ProblemCode[];

/** Where a request is at fault: the part, the field within it (dotted; empty for the whole), and what is wrong, in words. */
export const faultSchema = z.object({
  in: z.enum(['path', 'query', 'header', 'body']),
  field: z.string(),
  detail: z.string(),
});
export type Fault = Readonly<z.output<typeof faultSchema>>;

/** RFC 9457. `code` is what a program may rely on. */
export const problemSchema = z
  .object({
    type: z.string().check(z.describe('`urn:problem-type:switchboard:` and the code.')),
    title: z.string(),
    status: z.number(),
    code: z.enum(problemCodes).check(z.describe('Stable: rely on this word.')),
    detail: z.optional(z.string()),
    instance: z.string().check(z.describe('This occurrence; the log has it under the same id.')),
    faults: z.optional(z.array(faultSchema).check(z.describe('Of `invalid-input`: everything that is wrong.'))),
  })
  .check(z.meta({ id: 'Problem' }));
export type Problem = z.output<typeof problemSchema>;
