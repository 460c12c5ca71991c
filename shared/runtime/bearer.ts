import type { Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { type AuthSettings, type Caller, callerOf } from './caller.ts';
import { IssuerKeys } from './issuerKeys.ts';
import { publicKeyAlgorithms, type Trust, verifyToken } from './verifyToken.ts';

/** Reads an Authorization header. Throws `unauthenticated`, or `unavailable` while the issuer's keys cannot be had. */
type ReadBearer = (authorization: string | null) => Promise<Caller>;

/** Authenticates by an issuer's signature alone. */
export function bearerAuthentication(
  settings: AuthSettings,
  reach: { readonly clock: Clock; readonly log: Logger },
): ReadBearer {
  const trust: Trust = {
    keysOf: new Map(settings.issuers.map((issuer) => [issuer, new IssuerKeys(issuer, reach)])),
    audience: settings.audience,
    requiredClaims: ['exp', 'sub'],
    algorithms: publicKeyAlgorithms,
  };
  return async (authorization) => {
    const { payload, issuer } = await verifyToken(authorization, trust, reach.clock);
    return callerOf(payload, issuer, settings);
  };
}
