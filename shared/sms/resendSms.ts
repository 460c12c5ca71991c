import { standing } from '../conversations/head.ts';
import type { ConversationId, EntryKey } from '../conversations/keys.ts';
import { requestKeyOf } from '../conversations/keys.ts';
import { statusOf } from '../conversations/status.ts';
import { AppError } from '../core/errors.ts';
import { type Sent, sendOnce } from './sendOnce.ts';
import type { SmsServices } from './smsServices.ts';

export interface ResendRequest {
  readonly conversation: ConversationId;
  readonly entry: EntryKey;
  /** How many resends the caller saw on the entry; a second click carries the same number and makes nothing. */
  readonly number: number;
  readonly agent: string;
}

/** Sends a message anew that failed or may not have left. Throws as `sendSms`, and `not-found`, `conflict`. */
export async function resendSms(request: ResendRequest, services: SmsServices): Promise<Sent> {
  const { conversation, entry: key, number, agent } = request;
  const [entry, head] = await Promise.all([services.store.entry(conversation, key), services.store.head(conversation)]);
  const known = standing(head?.value);
  if (entry?.value.direction !== 'outbound' || known === undefined)
    throw new AppError('not-found', 'There is no such outbound message.');
  const original = entry.value;
  if (!['failed', 'unknown'].includes(statusOf(original)))
    throw new AppError(
      'conflict',
      `Only a message that failed or is unknown can be sent anew; this one is ${statusOf(original)}.`,
    );
  if (number > (original.resends ?? 0))
    throw new AppError('conflict', 'It has not been sent anew that often; read it again.');
  const { service, subscriber } = known;
  return sendOnce(
    {
      conversation,
      service,
      subscriber,
      text: original.text,
      agent,
      cause: { type: 'resend', of: key, number },
      requestKey: requestKeyOf(key, `resend ${number}`),
      resendOf: key,
      alsoCommit: () => ({ learn: { key, facts: { resends: number + 1 } } }),
    },
    services,
  );
}
