import type { HttpResponseInit } from '@azure/functions';
import { AppError } from '../core/errors.ts';
import { type Problem, type ProblemCode, problemKinds } from '../http/problem.ts';
import { InvalidRequest } from '../http/readRequest.ts';

/** On every answer: texts and numbers belong in no cache, and nothing is to be guessed from content. */
export const alwaysHeaders = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

export interface Occurrence {
  /** Under which the log knows this request. */
  readonly invocationId: string;
  /** The request brought an Authorization header. */
  readonly brought: boolean;
}

/** What the wire learns of an error (RFC 9457): below 500 what the caller can mend, above it nothing of our insides. */
export function problemResponse(error: unknown, { invocationId, brought }: Occurrence): HttpResponseInit {
  const code: ProblemCode = error instanceof AppError ? error.code : 'internal';
  const { status, title, retryAfter: usually } = problemKinds[code];
  const retryAfter = error instanceof AppError ? (error.retryAfter ?? usually) : usually;
  const problem: Problem = {
    type: `urn:problem-type:switchboard:${code}`,
    title,
    status,
    code,
    instance: `urn:uuid:${invocationId}`,
    ...(error instanceof AppError && status < 500 && { detail: error.message }),
    ...(error instanceof InvalidRequest && { faults: [...error.faults] }),
  };
  return {
    status,
    headers: {
      ...alwaysHeaders,
      'Content-Type': 'application/problem+json',
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...challenge(code, brought),
    },
    body: JSON.stringify(problem),
  };
}

/** RFC 6750 §3: what to bring, and what was wrong with what was brought. */
function challenge(code: ProblemCode, brought: boolean): Readonly<Record<string, string>> {
  const realm = 'Bearer realm="switchboard"';
  if (code === 'forbidden') return { 'WWW-Authenticate': `${realm}, error="insufficient_scope"` };
  if (code !== 'unauthenticated') return {};
  return { 'WWW-Authenticate': brought ? `${realm}, error="invalid_token"` : realm };
}
