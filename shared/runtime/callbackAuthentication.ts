import type { Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { IssuerKeys } from './issuerKeys.ts';
import { type Trust, verifyToken } from './verifyToken.ts';

/** Who tells us of calls, and that it is us whom they tell. */
export interface CallbackSettings {
  /** As in the tokens' `iss`. */
  readonly issuer: string;
  /** The address of the issuer's OpenID configuration, which is not where OpenID Connect would have it. */
  readonly configuration: string;
  /** Of the Communication Services resource: its immutable id. */
  readonly audience: string;
}

/** Reads an Authorization header. Throws `unauthenticated`, or `unavailable` while the issuer's keys cannot be had. */
export type AuthenticateCallback = (authorization: string | null) => Promise<void>;

/**
 * Authenticates the provider's own posts, by the same code as people's tokens
 * (https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint).
 */
export function callbackAuthentication(
  { issuer, configuration, audience }: CallbackSettings,
  reach: { readonly clock: Clock; readonly log: Logger },
): AuthenticateCallback {
  const trust: Trust = {
    keysOf: new Map([[issuer, new IssuerKeys(issuer, reach, configuration)]]),
    audience,
    requiredClaims: ['exp'],
    algorithms: ['RS256'],
  };
  return async (authorization) => {
    await verifyToken(authorization, trust, reach.clock);
  };
}
