import { app } from '@azure/functions';
import { iceServerRoutes as routes } from '../shared/http/iceServers.ts';
import { answer } from '../shared/http/route.ts';
import { iceServersFor } from '../shared/identity/iceServers.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { userOf } from '../shared/runtime/users.ts';

/** STUN and TURN servers for the caller. */
app.http(
  routes.list.name,
  onRequest(routes.list, async ({ caller }, { identity, iceServers }) => {
    const { expiresOn, ...servers } = await iceServersFor(userOf(caller, identity), iceServers);
    return answer(200, { ...servers, expiresOn: new Date(expiresOn).toISOString() });
  }),
);
