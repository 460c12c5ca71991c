import { consentOf } from '../conversations/consent.ts';
import type { Commit, Versioned } from '../conversations/conversationStore.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { withoutEntries } from '../conversations/flags.ts';
import { type AnyHead, type Head, keptOf, standing } from '../conversations/head.ts';
import { type Cause, type ConversationId, entryIdOf, entryKeyOf, inboxKeyOf } from '../conversations/keys.ts';
import { previewOf } from '../conversations/preview.ts';
import type { EntryWake } from '../conversations/wakeQueue.ts';
import { allOf } from '../core/allOf.ts';
import { AppError } from '../core/errors.ts';
import { digest } from '../core/hash.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { asTicks, later, ticksOf } from '../core/time.ts';
import { admit } from './admit.ts';
import { compose } from './compose.ts';
import { flaggedFor } from './flagFor.ts';
import { deliverOrLook } from './lookAt.ts';
import { refusedError } from './refusal.ts';
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
    const message = composed(request, before?.value, attempt, services);
    const head = headAfter(request, before?.value, message, services);
    const admission = await admit({ message, service, subscriber, head: standing(before?.value) }, services);
    if (admission.type === 'refused') return earlier(request, token, services, refusedError(admission.refusal));
    await watch({ conversation, key: message.key }, { now: attempt.now, begun }, services);
    const spent = { ...head, spent: admission.spent };
    const result = await services.store.commit(
      commitOf(request, message, { value: spent, etag: before?.etag }, services),
    );
    if (result.type === 'request-exists' || result.type === 'entry-exists') {
      const sent = await earlier(request, token, services);
      if (sent.repeated) admission.taken.giveBack();
      return sent;
    }
    if (result.type !== 'committed') {
      admission.taken.giveBack();
      continue;
    }
    const etag = result.etags.get(message.key);
    await allOf(
      deliverOrLook({ conversation, service, subscriber, message: { value: message, etag } }, services),
      services.inbox.move(service, head.inboxKey, before?.value.inboxKey),
    );
    return { conversation, message: await asItIsNow(conversation, message, services), repeated: false };
  }
  throw busy();
}

/** Its key stands after what is there, even on a clock that is behind. */
function composed(request: OnceRequest, before: AnyHead | undefined, attempt: Attempt, { settings }: SmsServices) {
  const now = ticksOf(attempt.now);
  const at = before === undefined ? now : later(now, asTicks(before.last + 1n));
  const key = entryKeyOf(at, 'other', entryIdOf(request.cause));
  const { text, agent, resendOf } = request;
  return compose({ key, text, purpose: 'agent', author: `agent:${agent}`, resendOf }, attempt, settings);
}

/**
 * No event comes again for an agent's message, so a wake is armed before it is committed; a commit so late that the wake
 * may have looked already is not made at all.
 */
async function watch(wake: EntryWake, at: { readonly now: number; readonly begun: number }, services: SmsServices) {
  const { settings, wakes, clock } = services;
  await wakes.arm(wake, at.now + settings.watchdog);
  if (clock.now() - at.begun > settings.commitWithin) throw busy();
}

function commitOf(
  request: OnceRequest,
  message: OutboundMessage,
  head: Versioned<AnyHead>,
  { settings }: SmsServices,
): Commit {
  const { conversation, requestKey, text } = request;
  const expiresAt = message.createdAt + settings.requestKept;
  const row = { requestKey, entry: message.key, bodyHash: digest(text), expiresAt };
  return { conversation, head, create: [message], request: row, ...request.alsoCommit?.(message) };
}

function headAfter(
  request: OnceRequest,
  before: AnyHead | undefined,
  message: OutboundMessage,
  { settings }: SmsServices,
): Head {
  const kept = keptOf(before);
  const head: Head = {
    ...kept,
    // Who sends a message anew has seen to it.
    flags: request.resendOf === undefined ? kept.flags : withoutEntries(kept.flags, [request.resendOf]),
    service: request.service,
    subscriber: request.subscriber,
    last: message.at,
    preview: previewOf(message.text),
    mode: 'agent',
    modeUntil: message.createdAt + settings.agentHold,
    inboxKey: inboxKeyOf(message.at, request.conversation),
  };
  return flaggedFor(head, message);
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
