import { consentOf } from '../conversations/consent.ts';
import type { Commit, Versioned } from '../conversations/conversationStore.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { type AnyHead, type Head, keptOf } from '../conversations/head.ts';
import { type Cause, type ConversationId, entryIdOf, entryKeyOf, inboxKeyOf } from '../conversations/keys.ts';
import { previewOf } from '../conversations/preview.ts';
import { allOf } from '../core/allOf.ts';
import { AppError } from '../core/errors.ts';
import { digest } from '../core/hash.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { asTicks, later, ticksOf } from '../core/time.ts';
import { compose } from './compose.ts';
import { deliverOrLook } from './lookAt.ts';
import type { Attempt } from './sendPolicy.ts';
import type { SmsServices } from './smsServices.ts';

/** A message to be made once, by the row that its request key creates beside it. */
export interface OnceRequest {
  readonly conversation: ConversationId;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly text: string;
  /** The agent's subject. */
  readonly agent: string;
  readonly cause: Cause;
  readonly requestKey: string;
  readonly alsoCommit?: (message: OutboundMessage) => Pick<Commit, 'learn'>;
  readonly resendOf?: OutboundMessage['resendOf'];
}

export interface Sent {
  readonly conversation: ConversationId;
  readonly message: OutboundMessage;
  /** It was made by an earlier request. */
  readonly repeated: boolean;
}

const tries = 5;

/**
 * Makes a message at most once for its request key, and sends it. All tries together have `commitWithin`: a process that
 * stood still must not make what its caller was refused meanwhile.
 */
export async function sendOnce(request: OnceRequest, services: SmsServices): Promise<Sent> {
  const { conversation, service, subscriber } = request;
  const token = services.rand.token();
  const begun = services.clock.now();
  for (let n = 0; n < tries; n++) {
    const attempt = { token, now: services.clock.now() };
    const before = await services.store.head(conversation);
    if (before !== undefined && consentOf(before.value) === 'revoked')
      return earlier(request, token, services, optedOut());
    const { commit, message, head } = await drafted(request, before, { ...attempt, begun }, services);
    const result = await services.store.commit(commit);
    if (result.type === 'request-exists' || result.type === 'entry-exists') return earlier(request, token, services);
    if (result.type !== 'committed') continue;
    const etag = result.etags.get(message.key);
    await allOf(
      deliverOrLook({ conversation, service, subscriber, message: { value: message, etag } }, services),
      services.inbox.move(service, head.inboxKey, before?.value.inboxKey),
    );
    return { conversation, message: await asItIsNow(conversation, message, services), repeated: false };
  }
  throw busy();
}

/**
 * No event comes again for an agent's message, so a wake is armed before it is committed; a commit so late that the wake
 * may have looked already is not made at all.
 */
async function drafted(
  request: OnceRequest,
  before: Versioned<AnyHead> | undefined,
  attempt: Attempt & { readonly begun: number },
  services: SmsServices,
) {
  const { settings, wakes, clock } = services;
  const { conversation, text, agent, resendOf } = request;
  const now = ticksOf(attempt.now);
  const at = before === undefined ? now : later(now, asTicks(before.value.last + 1n));
  const key = entryKeyOf(at, 'other', entryIdOf(request.cause));
  await wakes.arm({ conversation, key }, attempt.now + settings.watchdog);
  if (clock.now() - attempt.begun > settings.commitWithin) throw busy();
  const message = compose({ key, text, purpose: 'agent', author: `agent:${agent}`, resendOf }, attempt, settings);
  const head = headAfter(request, before?.value, message, services);
  const expiresAt = attempt.now + settings.requestKept;
  const row = { requestKey: request.requestKey, entry: key, bodyHash: digest(text), expiresAt };
  const commit: Commit = {
    conversation,
    head: { value: head, etag: before?.etag },
    create: [message],
    request: row,
    ...request.alsoCommit?.(message),
  };
  return { commit, message, head };
}

function headAfter(
  request: OnceRequest,
  before: AnyHead | undefined,
  message: OutboundMessage,
  { settings }: SmsServices,
): Head {
  return {
    ...keptOf(before),
    service: request.service,
    subscriber: request.subscriber,
    last: message.at,
    preview: previewOf(message.text),
    mode: 'agent',
    modeUntil: message.createdAt + settings.agentHold,
    inboxKey: inboxKeyOf(message.at, request.conversation),
  };
}

/** What the request made before; if it was made by this very call, whose answer was lost, it goes on to be sent. */
async function earlier(request: OnceRequest, token: string, services: SmsServices, otherwise = busy()): Promise<Sent> {
  const { conversation, service, subscriber } = request;
  const row = await services.store.request(conversation, request.requestKey);
  if (row === undefined) throw otherwise;
  if (row.bodyHash !== undefined && row.bodyHash !== digest(request.text))
    throw new AppError(
      'idempotency-mismatch',
      'This Idempotency-Key came before with another text; use a new key for a new message.',
    );
  const entry = await services.store.entry(conversation, row.entry);
  if (entry?.value.direction !== 'outbound') throw new AppError('not-found', 'The message that this key made is gone.');
  const message = entry.value;
  if (message.claimToken !== token) return { conversation, message, repeated: true };
  await deliverOrLook({ conversation, service, subscriber, message: { value: message, etag: entry.etag } }, services);
  return { conversation, message: await asItIsNow(conversation, message, services), repeated: false };
}

async function asItIsNow(conversation: ConversationId, message: OutboundMessage, { store }: SmsServices) {
  const entry = await store.entry(conversation, message.key);
  return entry?.value.direction === 'outbound' ? entry.value : message;
}

const optedOut = () =>
  new AppError('opted-out', 'The subscriber has opted out; nothing can be sent until they text START.');
const busy = () => new AppError('busy', 'The conversation is busy; try again with the same Idempotency-Key.');
