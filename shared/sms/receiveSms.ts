import type { CommitResult, Versioned } from '../conversations/conversationStore.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { followHead } from '../conversations/followHead.ts';
import { type AnyHead, standing } from '../conversations/head.ts';
import { type ConversationId, conversationIdOf } from '../conversations/keys.ts';
import { isFinished } from '../conversations/status.ts';
import { allOf } from '../core/allOf.ts';
import { AppError } from '../core/errors.ts';
import { maskNumber } from '../core/phoneNumbers.ts';
import { msOf } from '../core/time.ts';
import { type Drafted, draftErased, draftReply, replyKeyOf } from './draftReply.ts';
import { deliverOrLook, lookAt } from './lookAt.ts';
import type { ReceivedSms } from './receivedSms.ts';
import type { SmsServices } from './smsServices.ts';

const tries = 10;
/** Milliseconds that a text may be ahead of our clock: more is no clock's fault. */
const furthestAhead = 86_400_000;

/**
 * Keeps a text, honours its consent and answers it, once, however often and in whatever order its event comes. Throws for our
 * own storage, or `busy` when the conversation keeps changing: the event then comes again and resumes here. `invalid-input`: a
 * number that is not ours, or a time that cannot be.
 */
export async function receiveSms(sms: ReceivedSms, services: SmsServices): Promise<void> {
  const { store, settings, log } = services;
  refuseStrange(sms, services);
  const conversation = conversationIdOf(settings.conversationKey, sms.service, sms.subscriber);
  const token = services.rand.token();
  for (let n = 0; n < tries; n++) {
    const attempt = { token, now: services.clock.now() };
    const head = await store.head(conversation);
    if ((head?.value.erasedAt ?? -1n) >= sms.at) {
      const change = draftErased(sms, { conversation, head, attempt }, services);
      if (change === undefined) return;
      if ((await store.commit(change)).type !== 'committed') continue;
      return followHead(head?.value, change.head.value, services.inbox);
    }
    const drafted = await draftReply(sms, { conversation, head, attempt }, services);
    const result = await store.commit(drafted.commit);
    if (result.type === 'entry-exists')
      return resumeReply(sms, { conversation, token, taken: drafted.taken }, services);
    if (result.type !== 'committed') {
      drafted.taken?.giveBack();
      continue;
    }
    log('info', 'sms.received', { conversation, from: maskNumber(sms.subscriber), reply: drafted.reply?.author });
    return finish({ conversation, before: head?.value, drafted, result }, services);
  }
  throw new AppError('busy', 'The conversation keeps changing; the text will be taken up again.');
}

/** Kept for an admin, who can drive it in again once the settings or the app know what to do with it. */
function refuseStrange({ service, at }: ReceivedSms, { settings, clock }: SmsServices): void {
  if (!settings.serviceNumbers.has(service))
    throw new AppError(
      'invalid-input',
      `The number that was texted (${maskNumber(service)}) is not in SERVICE_NUMBERS.`,
    );
  if (msOf(at) > clock.now() + furthestAhead) throw new AppError('invalid-input', 'The text is from the future.');
}

interface Committed {
  readonly conversation: ConversationId;
  readonly before: AnyHead | undefined;
  readonly drafted: Drafted;
  readonly result: Extract<CommitResult, { type: 'committed' }>;
}

/** The reply leaves while the inbox row moves; neither waits for the other. */
async function finish({ conversation, before, drafted, result }: Committed, services: SmsServices): Promise<void> {
  const { reply, head } = drafted;
  const { service, subscriber } = head;
  const sending =
    reply === undefined || isFinished(reply)
      ? undefined
      : deliverOrLook(
          { conversation, service, subscriber, message: { value: reply, etag: result.etags.get(reply.key) } },
          services,
        );
  await allOf(sending, followHead(before, head, services.inbox));
}

interface Resuming {
  readonly conversation: ConversationId;
  readonly token: string;
  readonly taken: Drafted['taken'];
}

/**
 * The text is known: this is a redelivery, or the echo of our own commit whose answer was lost; only the reply of the latter
 * is what the segments were taken for.
 */
async function resumeReply(
  sms: ReceivedSms,
  { conversation, token, taken }: Resuming,
  services: SmsServices,
): Promise<void> {
  const key = replyKeyOf(sms);
  const [entry, read] = await Promise.all([services.store.entry(conversation, key), services.store.head(conversation)]);
  const message = entry?.value.direction === 'outbound' ? (entry as Versioned<OutboundMessage>) : undefined;
  const ours = message?.value.claimToken === token;
  if (!ours) taken?.giveBack();
  const head = standing(read?.value);
  if (head === undefined) return;
  const { service, subscriber, inboxKey } = head;
  const sending =
    ours && message !== undefined
      ? deliverOrLook({ conversation, service, subscriber, message }, services)
      : message && !isFinished(message.value)
        ? lookAt({ conversation, key }, services)
        : undefined;
  await allOf(sending, services.inbox.move(service, inboxKey));
}
