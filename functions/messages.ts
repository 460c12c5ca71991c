import { app } from '@azure/functions';
import { outboundMessageView } from '../shared/conversations/entryView.ts';
import { readConversation } from '../shared/conversations/readConversation.ts';
import { serviceNumberOf } from '../shared/conversations/serviceNumber.ts';
import { messageRoutes as routes } from '../shared/http/messages.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { resendSms } from '../shared/sms/resendSms.ts';
import type { Sent } from '../shared/sms/sendOnce.ts';
import { sendSms } from '../shared/sms/sendSms.ts';

/** Made once, however often it is asked for; who asks again is told so and shown how it stands. */
const kept = ({ conversation, message, repeated }: Sent) =>
  answer(202, { conversation, message: outboundMessageView(message) }, { 'Idempotent-Replayed': String(repeated) });

/** Text a subscriber, known or not. */
app.http(
  routes.send.name,
  onRequest(routes.send, async ({ body: { from, to, text }, headers, caller }, services) => {
    const service = serviceNumberOf(from, [...services.settings.serviceNumbers.keys()]);
    const idempotencyKey = headers['idempotency-key'];
    return kept(await sendSms({ service, subscriber: to, text, agent: caller.subject, idempotencyKey }, services));
  }),
);

/** Text the subscriber of a conversation. */
app.http(
  routes.sendToKnown.name,
  onRequest(routes.sendToKnown, async ({ params: { id }, body: { text }, headers, caller }, services) => {
    const { service, subscriber } = (await readConversation(id, services.store)).value;
    const idempotencyKey = headers['idempotency-key'];
    return kept(await sendSms({ service, subscriber, text, agent: caller.subject, idempotencyKey }, services));
  }),
);

/** Send anew what failed or may not have left. */
app.http(
  routes.resend.name,
  onRequest(routes.resend, async ({ params: { id, entry }, body: { number }, caller }, services) =>
    kept(await resendSms({ conversation: id, entry, number, agent: caller.subject }, services)),
  ),
);
