import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { bearerAuthentication } from './bearer.ts';
import type { AuthSettings, Caller } from './caller.ts';
import { callerOfPrincipal, principalHeader } from './principal.ts';

/** Who sends a request with these headers. Throws `unauthenticated`, or `unavailable` while an issuer's keys cannot be had. */
export type Authenticate = (headers: Pick<Headers, 'get'>) => Promise<Caller>;

/** What a browser says of a request that a page of the app itself makes, or its user in the address bar (Fetch Metadata). */
const ownSites: readonly (string | null)[] = ['same-origin', 'none', null];

/** A bearer token, where there is one, decides alone; without one, where the platform authenticates, its principal does. */
export function authentication(
  settings: AuthSettings,
  reach: { readonly clock: Clock; readonly log: Logger },
): Authenticate {
  const byToken = bearerAuthentication(settings, reach);
  return async (headers) => {
    const authorization = headers.get('authorization');
    const principal = settings.platform ? headers.get(principalHeader) : null;
    if (authorization !== null || principal === null) return byToken(authorization);
    // The platform's session is a cookie, which comes along whoever's page makes the request.
    if (!ownSites.includes(headers.get('sec-fetch-site')))
      throw new AppError('unauthenticated', 'From a page of another site, bring a token: Authorization: Bearer …');
    return callerOfPrincipal(principal, settings);
  };
}
