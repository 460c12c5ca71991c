/**
 * What can go wrong, by the word a program may rely on. `retryable`: the same call may go through later, so a trigger
 * lets its event or message come again.
 */
const kinds = {
  'invalid-input': { retryable: false },
  'invalid-configuration': { retryable: false },
  'too-large': { retryable: false },
  'unsupported-media-type': { retryable: false },
  unauthenticated: { retryable: false },
  forbidden: { retryable: false },
  'not-found': { retryable: false },
  conflict: { retryable: false },
  'idempotency-mismatch': { retryable: false },
  'opted-out': { retryable: false },
  'not-textable': { retryable: false },
  'number-type-not-allowed': { retryable: false },
  'country-not-allowed': { retryable: false },
  'outside-hours': { retryable: false },
  'subscriber-limit': { retryable: false },
  'daily-limit': { retryable: false },
  'scope-not-allowed': { retryable: false },
  'token-limit': { retryable: false },
  'storage-failed': { retryable: true },
  /** Another service that we lean on, such as the token issuer, does not answer. */
  unavailable: { retryable: true },
  busy: { retryable: true },
} as const;

export type ErrorCode = keyof typeof kinds;
export const errorCodes = Object.keys(kinds) as readonly ErrorCode[];

export interface AppErrorOptions extends ErrorOptions {
  /** Whole seconds after which the same may go through, where that is known better than for the code in general. */
  readonly retryAfter?: number | undefined;
}

/** An error that carries the decision: `code` for programs, `message` for people, `retryable` for triggers, `cause` for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options?: AppErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryAfter = options?.retryAfter;
    this.retryable = kinds[code].retryable;
  }
}
