import type { CallEntry } from '../conversations/callEntry.ts';
import { consentOf } from '../conversations/consent.ts';
import { type AnyHead, type Head, keptOf, standing } from '../conversations/head.ts';
import {
  conversationIdOf,
  type EntryKey,
  entryIdOf,
  entryKeyOf,
  inboxKeyOf,
  requestKeyOf,
} from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import { digest } from '../core/hash.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { asTicks, later, type Ticks, ticksOf } from '../core/time.ts';
import { reachRefusal } from '../sms/admit.ts';
import { refusedError } from '../sms/refusal.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import { isUnmade, makeAgain, makeCall } from './makeCall.ts';
import { newCall } from './newCall.ts';
import type { CallRef } from './recordings.ts';

/** A call that an agent has the bot make. */
export interface CallRequest {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  /** One of the playbook's `calls.outbound`. */
  readonly flow: string;
  /** The agent's subject. */
  readonly agent: string;
  readonly idempotencyKey: string;
}

export interface Started extends CallRef {
  readonly call: CallEntry;
  /** It was made by an earlier request. */
  readonly repeated: boolean;
}

const tries = 5;

/**
 * Calls a subscriber, at most once for an agent's Idempotency-Key. Throws `invalid-input` for a flow that is not there, the
 * refusals of limits, `opted-out`, `idempotency-mismatch`, `busy`, `unavailable`, and for our own storage.
 */
export async function startCall(request: CallRequest, services: CallServices): Promise<Started> {
  const { settings, store, clock, rand, callSettings, playbook } = services;
  const { service, subscriber, flow } = request;
  const step = playbook.calls?.outbound.get(flow);
  if (step === undefined) throw new AppError('invalid-input', unknownFlow(flow, services));
  if (settings.serviceNumbers.has(subscriber))
    throw new AppError('invalid-input', 'The subscriber is one of our own numbers: two bots would talk to each other.');
  const conversation = conversationIdOf(settings.conversationKey, service, subscriber);
  const token = rand.token();
  const begun = clock.now();
  for (let n = 0; n < tries; n++) {
    const now = clock.now();
    const read = await store.head(conversation);
    await permit(request, read?.value, now, services);
    const at = atAfter(now, read?.value);
    const known = { key: callKeyFor(request, at), at, calledBy: `agent:${request.agent}` } as const;
    const call = newCall(known, { step, token, now, lease: callSettings.lease });
    const ref = { conversation, key: call.key };
    await services.wakes.arm({ ...ref, call: true }, now + settings.watchdog);
    if (clock.now() - begun > settings.commitWithin) break;
    const head = headAfter(request, { conversation, at: call.at }, read?.value);
    const result = await store.commit({
      conversation,
      head: { value: head, etag: read?.etag },
      create: [call],
      request: {
        requestKey: requestKeyFor(request),
        entry: call.key,
        bodyHash: bodyHashOf(request),
        expiresAt: now + settings.requestKept,
      },
    });
    if (result.type === 'request-exists' || result.type === 'entry-exists')
      return earlier(conversation, request, token, services);
    if (result.type !== 'committed') continue;
    await services.inbox.move(service, head.inboxKey, read?.value.inboxKey);
    await makeCall(ref, { value: call, etag: result.etags.get(call.key) }, request, services);
    return { ...ref, call: (await callAt(ref, store))?.value ?? call, repeated: false };
  }
  throw new AppError('busy', 'The conversation is busy; try again with the same Idempotency-Key.');
}

const unknownFlow = (flow: string, { playbook }: CallServices): string => {
  const names = [...(playbook.calls?.outbound.keys() ?? [])];
  return `The playbook has no outbound call "${flow}"; there ${names.length === 0 ? 'is none' : `are ${names.join(', ')}`}.`;
};

/** A call that the bot makes is held to what holds for an agent's text. */
async function permit(
  { service, subscriber }: CallRequest,
  head: AnyHead | undefined,
  now: number,
  services: CallServices,
) {
  if (head !== undefined && consentOf(head) === 'revoked')
    throw new AppError('opted-out', 'The subscriber has opted out; the bot does not call them until they text START.');
  const refusal = await reachRefusal({ service, subscriber, head: standing(head) }, now, services);
  if (refusal !== undefined) throw refusedError(refusal);
}

const callKeyFor = ({ agent, idempotencyKey }: CallRequest, at: Ticks): EntryKey =>
  entryKeyOf(at, 'other', entryIdOf({ type: 'request', caller: agent, key: idempotencyKey }));

const requestKeyFor = ({ agent, idempotencyKey }: CallRequest): string => requestKeyOf(agent, idempotencyKey);
const bodyHashOf = ({ flow }: CallRequest): string => digest(`call|${flow}`, 32);

const atAfter = (now: number, before: AnyHead | undefined) =>
  before === undefined ? ticksOf(now) : later(ticksOf(now), asTicks(before.last + 1n));

function headAfter(
  { service, subscriber }: CallRequest,
  { conversation, at }: { readonly conversation: CallRef['conversation']; readonly at: Ticks },
  before: AnyHead | undefined,
): Head {
  const inboxKey = inboxKeyOf(at, conversation);
  return { ...keptOf(before), service, subscriber, last: at, preview: 'Call', inboxKey };
}

async function earlier(
  conversation: CallRef['conversation'],
  request: CallRequest,
  token: string,
  services: CallServices,
): Promise<Started> {
  const row = await services.store.request(conversation, requestKeyFor(request));
  if (row === undefined) throw new AppError('busy', 'Try again with the same Idempotency-Key.');
  if (row.bodyHash !== undefined && row.bodyHash !== bodyHashOf(request))
    throw new AppError(
      'idempotency-mismatch',
      'This Idempotency-Key came before with another request; use a new key for a new call.',
    );
  const ref = { conversation, key: row.entry };
  const read = await callAt(ref, services.store);
  if (read === undefined) throw new AppError('not-found', 'The call that this key made is gone.');
  const repeated = read.value.claimToken !== token;
  if (!repeated) await makeCall(ref, read, request, services);
  else if (isUnmade(read.value)) await makeAgain(ref, read, services);
  else return { ...ref, call: read.value, repeated };
  return { ...ref, call: (await callAt(ref, services.store))?.value ?? read.value, repeated };
}
