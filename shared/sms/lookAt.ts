import type { Versioned } from '../conversations/conversationStore.ts';
import type { Entry, OutboundMessage } from '../conversations/entry.ts';
import { type Head, standing } from '../conversations/head.ts';
import type { ConversationId } from '../conversations/keys.ts';
import type { EntryWake } from '../conversations/wakeQueue.ts';
import { AppError } from '../core/errors.ts';
import { type Claimed, deliver } from './deliver.ts';
import { type Judged, type Judgement, judge } from './judge.ts';
import { resume } from './sendPolicy.ts';
import type { SmsServices } from './smsServices.ts';

const looks = 5;

/** What a look found: no such entry, or everything about it is done or in other hands. */
export type Looked = 'missing' | 'done';

/**
 * Looks at an outbound message and carries it on if nobody else does. Ends only when the message is finished or somebody
 * is known to come back to it. Throws `busy` when others keep changing it, and for our own storage.
 */
export async function lookAt(wake: EntryWake, services: SmsServices): Promise<Looked> {
  const token = services.rand.token();
  for (let look = 0; look < looks; look++) {
    const looked = await lookOnce(wake, token, services);
    if (looked !== 'lost') return looked;
  }
  throw new AppError('busy', 'The message keeps changing under us; it will be looked at again.');
}

/** Sends a message we hold, and looks at it again if the claim went to somebody else meanwhile. */
export async function deliverOrLook(claimed: Claimed, services: SmsServices): Promise<void> {
  const delivery = await deliver(claimed, services);
  if (delivery === 'lost')
    await lookAt({ conversation: claimed.conversation, key: claimed.message.value.key }, services);
}

async function lookOnce(wake: EntryWake, token: string, services: SmsServices): Promise<Looked | 'lost'> {
  const { conversation, key } = wake;
  const attempt = { token, now: services.clock.now() };
  const [entry, read] = await Promise.all([services.store.entry(conversation, key), services.store.head(conversation)]);
  if (!isOutbound(entry)) return 'missing';
  const head = standing(read?.value);
  await assertInboxRow(entry.value, head, services);
  const next = resume(entry.value, head, attempt, services.settings);
  switch (next.type) {
    case 'finished':
    case 'waiting':
      return 'done';
    case 'leased':
      await services.wakes.arm({ conversation, key }, next.until);
      return 'done';
    case 'ours':
      return sendOn(conversation, entry, head, services);
    case 'end':
      return endIt({ conversation, message: next.message, etag: entry.etag }, services);
    case 'send':
      return claim(conversation, { value: next.message, etag: entry.etag }, head, services);
  }
}

async function endIt(judgement: Judgement, services: SmsServices): Promise<Judged> {
  const judged = await judge(judgement, services);
  const { conversation, message } = judgement;
  if (judged === 'done') services.log('warn', 'sms.ended', { conversation, entry: message.key, code: message.endCode });
  return judged;
}

async function claim(
  conversation: ConversationId,
  message: Versioned<OutboundMessage>,
  head: Head | undefined,
  services: SmsServices,
): Promise<Judged> {
  const etag = await services.store.judge(conversation, message);
  return etag === undefined ? 'lost' : sendOn(conversation, { value: message.value, etag }, head, services);
}

async function sendOn(
  conversation: ConversationId,
  message: Versioned<OutboundMessage>,
  head: Head | undefined,
  services: SmsServices,
): Promise<Judged> {
  if (head === undefined) return 'lost';
  const { service, subscriber } = head;
  return deliver({ conversation, service, subscriber, message }, services);
}

/** No event comes again for a message that an agent made, so its wake sees to the inbox too. */
export async function assertInboxRow(message: OutboundMessage, head: Head | undefined, { inbox }: SmsServices) {
  if (head !== undefined && message.purpose === 'agent') await inbox.move(head.service, head.inboxKey);
}

const isOutbound = (entry: Versioned<Entry> | undefined): entry is Versioned<OutboundMessage> =>
  entry?.value.direction === 'outbound';
