import { conversationIdOf, requestKeyOf } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { type Sent, sendOnce } from './sendOnce.ts';
import type { SmsServices } from './smsServices.ts';

/** An agent's wish to send a text. The same `idempotencyKey` of the same agent in the same conversation makes it once. */
export interface SendRequest {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly text: string;
  /** The agent's subject. */
  readonly agent: string;
  readonly idempotencyKey?: string | undefined;
}

/** Throws `invalid-input`, `opted-out`, `idempotency-mismatch` (the key came with another text), `busy`, and for our own storage. */
export async function sendSms(request: SendRequest, services: SmsServices): Promise<Sent> {
  const { service, subscriber, text, agent, idempotencyKey } = request;
  if (services.settings.serviceNumbers.has(subscriber))
    throw new AppError('invalid-input', 'The subscriber is one of our own numbers: two bots would answer each other.');
  const conversation = conversationIdOf(services.settings.conversationKey, service, subscriber);
  const key = idempotencyKey ?? services.rand.token();
  return sendOnce(
    {
      conversation,
      service,
      subscriber,
      text,
      agent,
      cause: { type: 'request', caller: agent, key },
      requestKey: requestKeyOf(agent, key),
    },
    services,
  );
}
