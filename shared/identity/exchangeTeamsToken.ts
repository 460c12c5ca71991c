import { AppError } from '../core/errors.ts';
import { audited } from './audit.ts';
import { changeRow } from './changeRow.ts';
import type { TeamsExchange, UserToken } from './identityProvider.ts';
import type { IdentityServices, Person } from './identityServices.ts';
import { type UserKey, userKeyOf } from './keys.ts';
import { spend } from './quota.ts';
import { refreshAt } from './refreshAt.ts';

export interface ExchangedToken extends UserToken {
  readonly user: UserKey;
  /** Milliseconds since 1970. */
  readonly refreshAt: number;
}

/**
 * Exchanges the caller's own token as a Teams user. Counts as one of their tokens. Throws `not-found` where the app does
 * not do this, and `forbidden` for a token that is not the caller's.
 */
export function exchangeTeamsToken(
  { caller, teamsUserToken }: { readonly caller: Person; readonly teamsUserToken: string },
  services: IdentityServices,
): Promise<ExchangedToken> {
  const { settings, clock, log } = services;
  const user = userKeyOf(settings.conversationKey, caller);
  return audited({ what: 'exchange', user, by: 'self' }, log, async () => {
    const exchange = ownExchange(caller, teamsUserToken, settings.teamsClientId);
    await changeRow(user, services, (row) => ({
      ...row,
      issued: spend(row?.issued ?? [], clock.now(), settings.tokensPerHour),
    }));
    const token = await services.provider.exchangeTeamsToken(exchange);
    return { ...token, user, refreshAt: refreshAt(token.expiresOn, clock.now()) };
  });
}

function ownExchange({ objectId }: Person, teamsUserToken: string, clientId: string | undefined): TeamsExchange {
  if (clientId === undefined)
    throw new AppError('not-found', 'Tokens of Teams users are not exchanged here: TEAMS_CLIENT_ID is not set.');
  if (objectId === undefined)
    throw new AppError('forbidden', 'Your bearer token has no `oid`: sign in by Entra ID, as the Teams user.');
  if (objectIdIn(teamsUserToken)?.toLowerCase() !== objectId.toLowerCase())
    throw new AppError('forbidden', '`teamsUserToken` is not a token of Entra ID about you.');
  return { teamsUserToken, clientId, objectId };
}

/** What the token says; that it is true, the provider finds out, which also compares it with `objectId`. */
function objectIdIn(token: string): string | undefined {
  try {
    const { oid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof oid === 'string' ? oid : undefined;
  } catch {
    return undefined;
  }
}
