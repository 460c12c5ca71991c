import { app } from '@azure/functions';
import { identityRoutes as routes } from '../shared/http/identity.ts';
import { answer } from '../shared/http/route.ts';
import { forgetIdentity } from '../shared/identity/forgetIdentity.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { own } from '../shared/runtime/users.ts';

/** The caller's identity, deleted and forgotten. */
app.http(
  routes.forget.name,
  onRequest(routes.forget, async ({ caller }, { identity }) => {
    await forgetIdentity(own(caller, identity), identity);
    return answer(204, undefined);
  }),
);
