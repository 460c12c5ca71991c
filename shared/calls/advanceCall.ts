import type { CallEntry, CallOutcome } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { AppError } from '../core/errors.ts';
import { noScript } from '../playbook/callScript.ts';
import { isOpen } from '../playbook/openingHours.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { CallEvent } from './callFlow.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import { carryOut } from './carryOut.ts';
import { commitTurn } from './commitTurn.ts';
import { letGo } from './letGo.ts';
import { standingOf } from './pending.ts';
import type { CallRef } from './recordings.ts';
import { turn } from './turn.ts';

/** An event of a call as the provider tells it. */
export interface CallSignal {
  readonly event: CallEvent;
  /** Whose command it follows; absent: nobody's. */
  readonly operationContext?: string | undefined;
  readonly callConnectionId?: string | undefined;
  readonly serverCallId?: string | undefined;
  /** Why the call ended so, if the event ends it. */
  readonly end?: { readonly outcome?: CallOutcome | undefined; readonly reason: string } | undefined;
}

const tries = 5;
/** Commands that one event can bring about: a recording that starts, and the like. */
const mostInARow = 10;

/**
 * Moves a call on by an event, and gives the provider the command that follows. A duplicate, an event of an earlier command
 * and one of a call that is over change nothing, except how it ended; a call that was erased is hung up. Throws for our own storage, and `busy`: the event
 * then comes again.
 */
export async function advanceCall(ref: CallRef, signal: CallSignal, services: CallServices): Promise<void> {
  let next: CallSignal | undefined = signal;
  for (let n = 0; next !== undefined && n < mostInARow; n++) next = await advanceOnce(ref, next, services);
}

/** What follows at once from the event, if something does. */
async function advanceOnce(ref: CallRef, signal: CallSignal, services: CallServices): Promise<CallSignal | undefined> {
  const token = services.rand.token();
  for (let n = 0; n < tries; n++) {
    const read = await callAt(ref, services.store);
    const orphan = orphanOf(signal, read?.value);
    if (orphan !== undefined) await letGo(ref, orphan, services);
    if (read === undefined) return ignored(ref, signal, 'no-such-call', services);
    if (read.value.claimToken === token) return follow(ref, { call: read, deliver: async () => {} }, services);
    if (!fits(signal, read.value)) return ignored(ref, signal, 'stale', services);
    const taken = await take(ref, read, { signal, token }, services);
    if (taken === 'nothing') return ignored(ref, signal, 'no-change', services);
    if (taken !== undefined) return follow(ref, taken, services);
  }
  throw new AppError('busy', 'The call keeps changing; the event will be taken up again.');
}

function ignored(ref: CallRef, { event }: CallSignal, why: string, { log }: CallServices): undefined {
  log('info', 'call.event-ignored', { ...ref, type: event.type, why });
}

/** The connection of a call that goes on, though we have erased it, or gave it up before it was connected. */
function orphanOf({ event, callConnectionId }: CallSignal, call: CallEntry | undefined): string | undefined {
  if (call === undefined) return event.type === 'disconnected' ? undefined : callConnectionId;
  return call.endedAt !== undefined && event.type === 'connected' ? callConnectionId : undefined;
}

/** Not of another leg, nor of a command that is not the latest any more. Of a call that is over, only that it was passed on. */
function fits({ event, operationContext, callConnectionId }: CallSignal, call: CallEntry): boolean {
  if (call.endedAt !== undefined && event.type !== 'transferred') return false;
  if (callConnectionId !== undefined && (call.callConnectionId ?? callConnectionId) !== callConnectionId) return false;
  if (event.type === 'disconnected' || event.type === 'connected' || event.type === 'tooLong') return true;
  return operationContext === String(call.command);
}

interface Taking {
  readonly signal: CallSignal;
  readonly token: string;
}

/** `undefined`: something changed under us; look again. */
async function take(ref: CallRef, read: Versioned<CallEntry>, { signal, token }: Taking, services: CallServices) {
  const { clock, callSettings, playbook } = services;
  const now = clock.now();
  const claim = { token, until: now + callSettings.lease };
  const known = learnt(read.value, signal, now);
  const moved = turn(known, signal.event, playbook.calls ?? noScript, {
    now,
    open: isOpenAt(playbook, now),
    claim,
    end: signal.end,
  });
  if (moved === undefined) return 'nothing';
  return commitTurn(ref, moved, { etag: read.etag, attempt: { token, now } }, services);
}

const isOpenAt = ({ hours }: Playbook, now: number): boolean => hours === undefined || isOpen(hours, now);

/** What the event tells besides; it may have overtaken the answer to our own command. */
const learnt = (call: CallEntry, { event, callConnectionId, serverCallId }: CallSignal, now: number): CallEntry => ({
  ...call,
  callConnectionId: call.callConnectionId ?? callConnectionId,
  serverCallId: call.serverCallId ?? serverCallId,
  connectedAt: call.connectedAt ?? (event.type === 'connected' ? now : undefined),
});

/** The command comes before the texts: somebody is listening. */
async function follow(
  ref: CallRef,
  { call, deliver }: { readonly call: Versioned<CallEntry>; readonly deliver: () => Promise<void> },
  services: CallServices,
): Promise<CallSignal | undefined> {
  const { pending } = standingOf(call.value);
  if (call.value.outcome !== undefined)
    services.log('info', 'call.ended', { ...ref, correlation: call.value.correlationId, outcome: call.value.outcome });
  const event = pending && (await carryOut(ref, call, pending, services));
  await deliver();
  return event && { event, operationContext: String(call.value.command) };
}
