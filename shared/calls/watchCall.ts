import type { CallEntry } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { msOf } from '../core/time.ts';
import { advanceCall, type CallSignal } from './advanceCall.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import { carryOut } from './carryOut.ts';
import { standingOf } from './pending.ts';
import type { CallRef } from './recordings.ts';

/** Milliseconds that a call we have ended may take to be over. */
const grace = 60_000;

/**
 * Looks at a call while it lasts: gives a command again that was lost with its process, ends a call that has lasted too long,
 * and one that the provider no longer knows though nobody told us. Throws for our own storage: the wake then comes again.
 */
export async function watchCall(ref: CallRef, services: CallServices): Promise<void> {
  const read = await callAt(ref, services.store);
  if (read === undefined || read.value.endedAt !== undefined) return;
  const signal = await signalFor(read.value, services);
  if (signal !== undefined) await advanceCall(ref, signal, services);
  else if (isLost(read.value, services)) await giveAgain(ref, read, services);
  await services.wakes.arm({ ...ref, call: true }, services.clock.now() + services.callSettings.watchEvery);
}

/** What time alone tells. */
async function signalFor(call: CallEntry, services: CallServices): Promise<CallSignal | undefined> {
  const { clock, callSettings, playbook } = services;
  const now = clock.now();
  const { doing } = standingOf(call).state;
  const over = (reason: string) => ({ event: { type: 'disconnected' }, end: { reason } }) as const;
  const longest = playbook.calls?.longest ?? 0;
  const began = call.connectedAt ?? call.createdAt;
  if (doing === 'connecting') {
    const ringing =
      call.calledBy === 'subscriber' ? msOf(call.at) + callSettings.ring : call.createdAt + callSettings.ringOut;
    return now > ringing + callSettings.quiet ? over('It was never answered.') : undefined;
  }
  if (now > began + longest + grace) return over('It lasted too long, and its end was not told.');
  if (now > began + longest && doing !== 'ending') return { event: { type: 'tooLong' } };
  if (now < quietSince(call) + callSettings.quiet || call.callConnectionId === undefined) return undefined;
  const stands = await services.calls.stands(call.callConnectionId, callSettings.deadline);
  return stands === false ? over('Its end was not told.') : undefined;
}

const quietSince = ({ firstSentAt }: CallEntry): number => firstSentAt;

/** A command that nobody is carrying out, and that the provider is not known to have taken. */
const isLost = (call: CallEntry, { clock }: CallServices): boolean =>
  call.pending !== undefined && (call.issued ?? 0) < call.command && (call.claimUntil ?? 0) <= clock.now();

async function giveAgain(ref: CallRef, { value: call, etag }: Versioned<CallEntry>, services: CallServices) {
  const { pending } = standingOf(call);
  if (pending === undefined) return;
  const until = services.clock.now() + services.callSettings.lease;
  const claimed = { ...call, claimToken: services.rand.token(), claimUntil: until };
  if ((await services.store.judge(ref.conversation, { value: claimed, etag })) === undefined) return;
  const event = await carryOut(ref, claimed, pending, services);
  if (event !== undefined) await advanceCall(ref, { event, operationContext: String(call.command) }, services);
}
