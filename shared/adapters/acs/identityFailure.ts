import { AppError } from '../../core/errors.ts';
import { retryAfterOf, type WithResponse } from './retryAfter.ts';

/** What an error of the SDK tells; it comes from the service (`statusCode`), the network (`code`), or our own deadline. */
interface IdentityError extends WithResponse {
  readonly statusCode?: number;
  readonly code?: string;
  readonly name?: string;
}

/**
 * Whether the service says that it has no such identity. Of one that was deleted it has been seen to say that it is
 * another resource's (401 `IdentityNotOwned`, recordings of azure-sdk-for-js); a 404 counts only in its own words, so that
 * a proxy's makes nobody lose their identity.
 */
export function saysGone(error: unknown): boolean {
  const { statusCode, code } = error as IdentityError;
  return code === 'IdentityNotOwned' || (statusCode === 404 && code === 'IdentityNotFound');
}

/** Whether asking once more at once may help: the connection broke, or the service failed without naming a time. */
export function mayPass(error: unknown): boolean {
  const { statusCode, name } = error as IdentityError;
  return statusCode === undefined ? name !== 'AbortError' : [500, 502, 504].includes(statusCode);
}

/** Whether it is the exchanged token that is refused, and not us (401 `InvalidAccessToken`, 400 `ValidationError`; recordings of azure-sdk-for-python). */
export const refusesToken = (error: unknown): boolean =>
  [400, 401, 403].includes((error as IdentityError).statusCode ?? 0);

/** The service's own words stay in `cause`: they may repeat an identity or a token. */
export function unavailable(doing: string, error: unknown, now: number): AppError {
  const wait = retryAfterOf(error as IdentityError, now);
  return new AppError('unavailable', `Communication Services did not ${doing}: ${reasonOf(error as IdentityError)}.`, {
    cause: error,
    ...(wait !== undefined && { retryAfter: Math.max(Math.ceil(wait / 1_000), 1) }),
  });
}

function reasonOf({ statusCode, code, name }: IdentityError): string {
  if (name === 'AbortError') return 'no answer came in time';
  if (statusCode === 401 || statusCode === 403) return `it refuses our key or identity (${statusCode})`;
  return [statusCode, code].filter(Boolean).join(' ') || (name ?? 'unknown');
}
