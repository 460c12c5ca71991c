import type * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import type { Fault } from './problem.ts';
import type { RequestParts, Route, Schema } from './route.ts';

/** `invalid-input` with everything that is wrong, so that a caller mends it in one go. */
export class InvalidRequest extends AppError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('invalid-input', faults.map(inOneLine).join('; '));
    this.faults = faults;
  }
}

/** A request before its schemas have read it. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

const wireWords = { params: 'path', query: 'query', headers: 'header', body: 'body' } as const;
const parts = ['params', 'query', 'headers', 'body'] as const;
/** Enough to mend a request by; a hostile one is not echoed whole. */
const mostFaults = 20;
const longestName = 64;

/** Reads every part by its schema. Throws `InvalidRequest` with the faults of all of them; values are never repeated. */
export function readRequest<R extends Route>(route: R, raw: RawRequest): RequestParts<R> {
  const faults: Fault[] = [];
  const read = parts.map((part) => {
    const schema: Schema | undefined = route[part];
    const result = schema?.safeParse(raw[part], { error: inWords });
    if (result?.success === false) faults.push(...result.error.issues.flatMap((issue) => faultsOf(part, issue)));
    return [part, result?.data];
  });
  if (faults.length > 0) throw new InvalidRequest(faults.slice(0, mostFaults));
  return Object.fromEntries(read) as RequestParts<R>;
}

function faultsOf(part: keyof typeof wireWords, issue: z.core.$ZodIssue): readonly Fault[] {
  const fault = (path: readonly PropertyKey[], detail: string): Fault => ({
    in: wireWords[part],
    field: path.map((step) => String(step).slice(0, longestName)).join('.'),
    detail,
  });
  if (issue.code !== 'unrecognized_keys') return [fault(issue.path, issue.message)];
  return issue.keys.slice(0, mostFaults).map((key) => fault([...issue.path, key], 'is not known here'));
}

/** The library's small build says nothing but "Invalid input", and all its words together are 250 KB: these few are ours. */
function inWords(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must ${issue.origin === 'string' ? 'have' : 'be'} at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must ${issue.origin === 'string' ? 'have' : 'be'} at most ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return 'is not valid';
  }
}

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : '');

const inOneLine = ({ in: part, field, detail }: Fault): string =>
  `${[part, field].filter(Boolean).join(' ')} ${detail}`;
