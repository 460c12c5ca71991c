import type { CallEntry } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { type AnyHead, type Head, keptOf, standing } from '../conversations/head.ts';
import { conversationIdOf, type EntryKey, entryIdOf, entryKeyOf, inboxKeyOf } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import { maskNumber } from '../core/phoneNumbers.ts';
import { later } from '../core/time.ts';
import { advanceCall } from './advanceCall.ts';
import type { CallOrder } from './callControl.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import { newCall } from './newCall.ts';
import { noteTaken } from './noteTaken.ts';
import { identityOf } from './orderOf.ts';
import type { CallRef } from './recordings.ts';
import { decideRing, type Ring, type RingDecision } from './ringing.ts';

const tries = 5;

/** Where a call stands on its timeline; known from its event alone. */
export const callKeyOf = ({ at, correlationId }: Pick<Ring, 'at' | 'correlationId'>): EntryKey =>
  entryKeyOf(at, 'other', entryIdOf({ type: 'call', correlationId }));

/**
 * Answers a ring, or rejects or redirects it, at most once however often its event comes, and keeps it on the timeline. Throws
 * for our own storage, and `unavailable` while the provider cannot be told: the event then comes again, while it still rings.
 */
export async function answerCall(ring: Ring, services: CallServices): Promise<void> {
  const { settings, store, clock, rand, callSettings } = services;
  const conversation = conversationIdOf(settings.conversationKey, ring.service, ring.subscriber);
  const ref = { conversation, key: callKeyOf(ring) };
  const token = rand.token();
  const decision = decideRing(ring, services.playbook, { now: clock.now(), within: callSettings.ring });
  // Nobody tells of a call that we lost on the way to answering it.
  const [head] = await Promise.all([
    store.head(conversation),
    services.wakes.arm({ ...ref, call: true }, clock.now() + callSettings.watchEvery),
  ]);
  const begun = await begin(ref, { ring, decision, token }, head, services);
  if (begun !== undefined) await tell(ref, begun, { ring, decision }, services);
}

interface Beginning {
  readonly ring: Ring;
  readonly decision: RingDecision;
  readonly token: string;
}

/** The call's entry, claimed by us; `undefined`: it is in other hands, or done. */
async function begin(
  ref: CallRef,
  beginning: Beginning,
  first: Versioned<AnyHead> | undefined,
  services: CallServices,
): Promise<Versioned<CallEntry> | undefined> {
  const { ring } = beginning;
  let head = first;
  for (let n = 0; n < tries; n++) {
    if (head?.value.erasedAt !== undefined && head.value.erasedAt >= ring.at) return undefined;
    const call = callOf(ref.key, beginning, services);
    const value = headAfter(ref, ring, head?.value);
    const result = await services.store.commit({
      conversation: ref.conversation,
      head: { value, etag: head?.etag },
      create: [call],
    });
    if (result.type === 'committed') {
      await services.inbox.move(ring.service, value.inboxKey, head?.value.inboxKey);
      return { value: call, etag: result.etags.get(ref.key) };
    }
    if (result.type === 'entry-exists') return resume(ref, beginning, services);
    head = await services.store.head(ref.conversation);
  }
  throw new AppError('busy', 'The conversation keeps changing; the call will be taken up again.');
}

function callOf(key: EntryKey, { ring, decision, token }: Beginning, { clock, callSettings }: CallServices): CallEntry {
  const { at, correlationId, serverCallId } = ring;
  const step = decision.type === 'answer' ? decision.step : '';
  const claim = { token, now: clock.now(), lease: callSettings.lease };
  return newCall({ key, at, calledBy: 'subscriber', correlationId, serverCallId }, { step, ...claim });
}

function headAfter({ conversation }: CallRef, ring: Ring, before: AnyHead | undefined): Head {
  const head = standing(before);
  const last = before === undefined ? ring.at : later(before.last, ring.at);
  return {
    ...keptOf(before),
    service: ring.service,
    subscriber: ring.subscriber,
    last,
    preview: head !== undefined && ring.at < head.last ? head.preview : 'Call',
    lastInbound: head?.lastInbound === undefined ? ring.at : later(head.lastInbound, ring.at),
    inboxKey: inboxKeyOf(last, conversation),
  };
}

/** The event has come before, or this is the echo of our own write. */
async function resume(ref: CallRef, { token }: Beginning, services: CallServices) {
  const read = await callAt(ref, services.store);
  if (read === undefined) return undefined;
  const { value: call, etag } = read;
  if (call.claimToken === token) return read;
  const now = services.clock.now();
  const inHands = (call.claimUntil ?? 0) > now;
  if (call.endedAt !== undefined || call.callConnectionId !== undefined || inHands) return undefined;
  const claimed = { ...call, claimToken: token, claimUntil: now + services.callSettings.lease };
  const written = await services.store.judge(ref.conversation, { value: claimed, etag });
  return written === undefined ? undefined : { value: claimed, etag: written };
}

async function tell(
  ref: CallRef,
  call: Versioned<CallEntry>,
  { ring, decision }: Pick<Beginning, 'ring' | 'decision'>,
  services: CallServices,
): Promise<void> {
  const { log } = services;
  if (decision.type === 'miss') return end(ref, { outcome: 'missed', reason: decision.reason }, services);
  const order = orderFor(ref, ring, decision, services);
  const outcome = await askTwice(order, call.value, services);
  const fields = { ...ref, correlation: ring.correlationId, from: maskNumber(ring.subscriber) };
  log(outcome.type === 'accepted' ? 'info' : 'warn', `call.${decision.type}.${outcome.type}`, fields);
  switch (outcome.type) {
    case 'accepted':
      if (decision.type === 'reject') return end(ref, { outcome: 'rejected', reason: decision.reason }, services);
      if (decision.type === 'redirect') return end(ref, { outcome: 'redirected', reason: decision.to }, services);
      return noteTaken(ref, call, { callConnectionId: outcome.callConnectionId }, services);
    case 'over':
      return end(ref, { outcome: 'missed', reason: outcome.reason }, services);
    case 'refused':
      return end(ref, { outcome: 'failed', reason: outcome.reason }, services);
    default:
      throw new AppError('unavailable', `The call could not be answered: ${outcome.reason}`);
  }
}

/**
 * Where no answer came it is asked once more at once, under the same id, if the claim lasts as long: nobody rings for long, and
 * Event Grid comes again only once before they have stopped.
 */
async function askTwice(order: CallOrder, call: CallEntry, { calls, callSettings, clock }: CallServices) {
  const ask = () => calls.carryOut(order, identityOf(call), callSettings.deadline);
  const first = await ask();
  const lasts = (call.claimUntil ?? 0) - clock.now() >= callSettings.deadline;
  return first.type === 'ambiguous' && lasts ? ask() : first;
}

const end = (
  ref: CallRef,
  why: Required<NonNullable<Parameters<typeof advanceCall>[1]['end']>>,
  services: CallServices,
) => advanceCall(ref, { event: { type: 'disconnected' }, end: why }, services);

function orderFor(
  ref: CallRef,
  { context }: Ring,
  decision: Exclude<RingDecision, { type: 'miss' }>,
  { addresses, callSettings }: CallServices,
): CallOrder {
  switch (decision.type) {
    case 'answer':
      return { type: 'answer', context, callbackUrl: addresses.callback(ref), speech: callSettings.speech };
    case 'reject':
      return { type: 'reject', context, reason: decision.reason };
    case 'redirect':
      return { type: 'redirect', context, to: decision.to };
  }
}
