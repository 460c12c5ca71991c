import type { CallEntry } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { msOf } from '../core/time.ts';
import { advanceCall, type CallSignal } from './advanceCall.ts';
import { endsAtOnce } from './callControl.ts';
import type { CallCommand, CallEvent } from './callFlow.ts';
import type { CallServices, CallSettings } from './callServices.ts';
import { callAt } from './callStore.ts';
import { carryOut } from './carryOut.ts';
import { isUnmade, makeAgain } from './makeCall.ts';
import { missRecordings } from './missRecordings.ts';
import { standingOf } from './pending.ts';
import type { CallRef } from './recordings.ts';

/** Milliseconds that a call we have ended may take to be over. */
const grace = 60_000;

/**
 * Looks at a call while it lasts: makes it, or gives a command, again if that was lost with its process, ends a call that has
 * lasted too long, and one that the provider no longer knows though nobody told us. After its end it waits for its recordings.
 * Throws for our own storage: the wake then comes again.
 */
export async function watchCall(ref: CallRef, services: CallServices): Promise<void> {
  const read = await callAt(ref, services.store);
  if (read === undefined) return;
  if (read.value.endedAt !== undefined) return missRecordings(ref, read, services);
  await lookAfter(ref, read, services);
  await services.wakes.arm({ ...ref, call: true }, services.clock.now() + services.callSettings.watchEvery);
}

async function lookAfter(ref: CallRef, read: Versioned<CallEntry>, services: CallServices): Promise<void> {
  if (isUnmade(read.value)) return makeAgain(ref, read, services);
  const signal = await signalFor(read.value, services);
  if (signal !== undefined) return advanceCall(ref, signal, services);
  if (isLost(read.value, services)) await giveAgain(ref, read, services);
}

/** What time alone tells. */
async function signalFor(call: CallEntry, services: CallServices): Promise<CallSignal | undefined> {
  const { clock, playbook, callSettings } = services;
  const now = clock.now();
  const { state, pending } = standingOf(call);
  if (state.doing === 'connecting') return whileConnecting(call, services);
  const lastsUntil = (call.connectedAt ?? call.createdAt) + (playbook.calls?.longest ?? 0);
  if (now > lastsUntil + grace) return over('It lasted too long, and its end was not told.');
  if (now > lastsUntil && state.doing !== 'ending') return { event: { type: 'tooLong' } };
  if (pending === undefined) return whenPassedOn(call, services);
  if (call.issued !== call.command || now < call.firstSentAt + patience(pending, callSettings)) return undefined;
  if (state.doing === 'recording') return { event: { type: 'silence' }, operationContext: String(call.command) };
  if ((await standingOfCall(call, services)) === 'gone') return over('Its end was not told.');
  return { event: instead(pending), operationContext: String(call.command) };
}

const over = (reason: string): CallSignal => ({ event: { type: 'disconnected' }, end: { reason } });

/** One of ours rings from the last time that it was made. */
const ringsUntil = (call: CallEntry, { ring, ringOut }: CallSettings): number =>
  call.calledBy === 'subscriber' ? msOf(call.at) + ring : (call.claimUntil ?? call.createdAt) + ringOut;

/** Milliseconds after which the event that ends a command is not to be expected any more; prompts are shorter. */
const longWait = 120_000;

function patience(command: CallCommand, { lease }: CallSettings): number {
  // No event follows: whoever gave it goes on, unless they died.
  if (endsAtOnce(command.type)) return lease;
  if (command.type !== 'listen') return longWait;
  // A message may be so long and no longer.
  return command.seconds * 1_000 + (command.to.type === 'endOfMessage' ? 0 : longWait);
}

/** What is taken to have happened when nobody tells. */
function instead({ type }: CallCommand): CallEvent {
  if (endsAtOnce(type)) return { type: 'done' };
  if (type === 'hangUp') return { type: 'disconnected' };
  return { type: type === 'listen' ? 'silence' : 'failed' };
}

/** Nothing is under way on a call that was passed on; its end comes at once, if it is told. */
async function whenPassedOn(call: CallEntry, services: CallServices): Promise<CallSignal | undefined> {
  if (services.clock.now() < call.firstSentAt + longWait) return undefined;
  return (await standingOfCall(call, services)) === 'gone' ? over('Its end was not told.') : undefined;
}

/** That it was answered may not have been told, or told to a process that died. */
async function whileConnecting(call: CallEntry, services: CallServices): Promise<CallSignal | undefined> {
  const { clock, callSettings } = services;
  const late = clock.now() > ringsUntil(call, callSettings) + callSettings.quiet;
  switch (await standingOfCall(call, services)) {
    case 'connected':
      return { event: { type: 'connected' } };
    case 'gone':
      return over('It was over before it was answered.');
    case 'ringing':
      return late ? { event: { type: 'tooLong' } } : undefined;
    case undefined:
      return late ? over('It was never answered.') : undefined;
  }
}

const standingOfCall = async ({ callConnectionId }: CallEntry, { calls, callSettings }: CallServices) =>
  callConnectionId === undefined ? undefined : calls.standing(callConnectionId, callSettings.deadline);

/** A command that nobody is carrying out, and that the provider is not known to have taken. */
const isLost = (call: CallEntry, { clock }: CallServices): boolean =>
  call.pending !== undefined && (call.issued ?? 0) < call.command && (call.claimUntil ?? 0) <= clock.now();

async function giveAgain(ref: CallRef, { value: call, etag }: Versioned<CallEntry>, services: CallServices) {
  const { pending } = standingOf(call);
  if (pending === undefined) return;
  const until = services.clock.now() + services.callSettings.lease;
  const claimed = { ...call, claimToken: services.rand.token(), claimUntil: until };
  const written = await services.store.judge(ref.conversation, { value: claimed, etag });
  if (written === undefined) return;
  const event = await carryOut(ref, { value: claimed, etag: written }, pending, services);
  if (event !== undefined) await advanceCall(ref, { event, operationContext: String(call.command) }, services);
}
