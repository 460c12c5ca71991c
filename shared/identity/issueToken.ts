import { AppError } from '../core/errors.ts';
import { audited } from './audit.ts';
import type { TokenWish, UserId, UserToken } from './identityProvider.ts';
import type { IdentityServices, Person } from './identityServices.ts';
import { type UserKey, userKeyOf } from './keys.ts';
import { refreshAt } from './refreshAt.ts';
import { grantScopes, type Scope, scopesFor } from './scopes.ts';
import { userIdentity } from './userIdentity.ts';

export interface TokenRequest {
  readonly caller: Person;
  /** None: the least that the caller may have. */
  readonly scopes: readonly Scope[];
  readonly minutes: number;
}

export interface IssuedToken extends UserToken {
  readonly user: UserKey;
  readonly userId: UserId;
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970. */
  readonly refreshAt: number;
}

/** A token of the caller's own identity, which is made at the first. Two storage requests and one of the provider's, the first time two. */
export function issueToken({ caller, scopes: asked, minutes }: TokenRequest, services: IdentityServices) {
  const { settings, clock, log } = services;
  const user = userKeyOf(settings.conversationKey, caller);
  return audited(
    { what: 'issue', user, by: 'self', scopes: asked.join(' '), minutes },
    log,
    async (): Promise<IssuedToken> => {
      const scopes = grantScopes(asked, scopesFor(caller.roles, settings.scopes));
      const token = await tokenOf(user, { scopes, minutes }, services);
      return { ...token, user, scopes, refreshAt: refreshAt(token.expiresOn, clock.now()) };
    },
  );
}

/** An identity that is gone, deleted meanwhile or behind our back, is replaced once. */
async function tokenOf(user: UserKey, wish: TokenWish, services: IdentityServices) {
  let gone: UserId | undefined;
  for (let n = 0; n < 2; n++) {
    const userId = await userIdentity({ user, gone }, services);
    const token = await services.provider.issueToken(userId, wish);
    if (token !== undefined) return { ...token, userId };
    gone = userId;
  }
  throw new AppError('unavailable', 'The identity provider does not know the identity that it has just made.', {
    retryAfter: 1,
  });
}
