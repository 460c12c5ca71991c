import { app } from '@azure/functions';
import { startCall } from '../shared/calls/startCall.ts';
import { callView } from '../shared/conversations/callView.ts';
import { serviceNumberOf } from '../shared/conversations/serviceNumber.ts';
import { callRoutes as routes } from '../shared/http/calls.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { takeCallback } from '../shared/runtime/takeCallback.ts';

/** Have the bot call a subscriber. */
app.http(
  routes.start.name,
  onRequest(routes.start, async ({ body: { from, to, flow }, headers, caller }, services) => {
    const service = serviceNumberOf(from, [...services.settings.serviceNumbers.keys()]);
    const idempotencyKey = headers['idempotency-key'];
    const request = { service, subscriber: to, flow, agent: caller.subject, idempotencyKey };
    const { conversation, call, repeated } = await startCall(request, services);
    return answer(202, { conversation, call: callView(call) }, { 'Idempotent-Replayed': String(repeated) });
  }),
);

/** Call Automation tells of a call. */
app.http(
  routes.callback.name,
  onRequest(routes.callback, async ({ params: { id: conversation, entry: key, secret }, body }, services) => {
    await takeCallback({ ref: { conversation, key }, secret, body }, services);
    return answer(204, undefined);
  }),
);
