import { app } from '@azure/functions';
import { outboundMessageView } from '../shared/conversations/entryView.ts';
import { readConversation } from '../shared/conversations/readConversation.ts';
import { serviceNumberOf } from '../shared/conversations/serviceNumber.ts';
import { messageRoutes as routes } from '../shared/http/messages.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import type { Services } from '../shared/runtime/services.ts';
import { tellOfMessage } from '../shared/runtime/tell.ts';
import { resendSms } from '../shared/sms/resendSms.ts';
import type { Sent } from '../shared/sms/sendOnce.ts';
import { sendSms } from '../shared/sms/sendSms.ts';

/** Made once, however often it is asked for; who asks again is told so and shown how it stands. */
async function kept({ conversation, message, repeated }: Sent, services: Services) {
  await tellOfMessage({ conversation, key: message.key }, services);
  const headers = { 'Idempotent-Replayed': String(repeated) };
  return answer(202, { conversation, message: outboundMessageView(message) }, headers);
}

/** Text a subscriber, known or not. */
app.http(
  routes.send.name,
  onRequest(routes.send, async ({ body: { from, to, text }, headers, caller }, services) => {
    const service = serviceNumberOf(from, [...services.settings.serviceNumbers.keys()]);
    const idempotencyKey = headers['idempotency-key'];
    const sent = await sendSms({ service, subscriber: to, text, agent: caller.subject, idempotencyKey }, services);
    return kept(sent, services);
  }),
);

/** Text the subscriber of a conversation. */
app.http(
  routes.sendToKnown.name,
  onRequest(routes.sendToKnown, async ({ params: { id }, body: { text }, headers, caller }, services) => {
    const { service, subscriber } = (await readConversation(id, services.store)).value;
    const idempotencyKey = headers['idempotency-key'];
    return kept(
      await sendSms({ service, subscriber, text, agent: caller.subject, idempotencyKey }, services),
      services,
    );
  }),
);

/** Send anew what failed or may not have left. */
app.http(
  routes.resend.name,
  onRequest(routes.resend, async ({ params: { id, entry }, body: { number }, caller }, services) =>
    kept(await resendSms({ conversation: id, entry, number, agent: caller.subject }, services), services),
  ),
);
