import { app } from '@azure/functions';
import { answer } from '../shared/http/route.ts';
import { tokenRoutes as routes } from '../shared/http/tokens.ts';
import { exchangeTeamsToken } from '../shared/identity/exchangeTeamsToken.ts';
import { issueToken } from '../shared/identity/issueToken.ts';
import { revokeTokens } from '../shared/identity/revokeTokens.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { own } from '../shared/runtime/users.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** A token for the caller, of the one identity that is theirs. */
app.http(
  routes.issue.name,
  onRequest(routes.issue, async ({ body: { scopes = [], expiresInMinutes: minutes }, caller }, { identity }) => {
    const { expiresOn, refreshAt, ...token } = await issueToken({ caller, scopes, minutes }, identity);
    return answer(200, { ...token, expiresOn: instant(expiresOn), refreshAt: instant(refreshAt) });
  }),
);

/** All of the caller's tokens, made worthless. */
app.http(
  routes.revoke.name,
  onRequest(routes.revoke, async ({ caller }, { identity }) => {
    await revokeTokens(own(caller, identity), identity);
    return answer(204, undefined);
  }),
);

/** A token for the caller as a Teams user, for one of Entra ID. */
app.http(
  routes.exchange.name,
  onRequest(routes.exchange, async ({ body: { teamsUserToken }, caller }, { identity }) => {
    const { expiresOn, refreshAt, ...token } = await exchangeTeamsToken({ caller, teamsUserToken }, identity);
    return answer(200, { ...token, expiresOn: instant(expiresOn), refreshAt: instant(refreshAt) });
  }),
);
