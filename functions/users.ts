import { app } from '@azure/functions';
import { answer } from '../shared/http/route.ts';
import { userRoutes as routes } from '../shared/http/users.ts';
import { forgetIdentity } from '../shared/identity/forgetIdentity.ts';
import { revokeTokens } from '../shared/identity/revokeTokens.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { another } from '../shared/runtime/users.ts';

/** Somebody's tokens, made worthless by an admin. */
app.http(
  routes.revokeTokens.name,
  onRequest(routes.revokeTokens, async ({ params: { user }, caller }, { identity }) => {
    await revokeTokens(another(user, caller, identity), identity);
    return answer(204, undefined);
  }),
);

/** Somebody's identity, deleted and forgotten by an admin. */
app.http(
  routes.forgetIdentity.name,
  onRequest(routes.forgetIdentity, async ({ params: { user }, caller }, { identity }) => {
    await forgetIdentity(another(user, caller, identity), identity);
    return answer(204, undefined);
  }),
);
