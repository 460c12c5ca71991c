import type { CallEntry } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { standing } from '../conversations/head.ts';
import { recordingIdOf } from '../conversations/keys.ts';
import { maskNumber } from '../core/phoneNumbers.ts';
import { endsAtOnce, type OrderOutcome } from './callControl.ts';
import type { CallCommand, CallEvent } from './callFlow.ts';
import type { CallServices } from './callServices.ts';
import { letGo } from './letGo.ts';
import { noteTaken } from './noteTaken.ts';
import { identityOf, orderOf } from './orderOf.ts';
import type { CallRef } from './recordings.ts';

/** Soon, for somebody waits at the other end. */
const soon = 1_000;

/**
 * Gives the provider the command that is claimed, and writes down that it took it. The event that follows at once, if one
 * does. A command that could not be given is given again by a wake, which is armed here.
 */
export async function carryOut(
  ref: CallRef,
  claimed: Versioned<CallEntry>,
  command: CallCommand,
  services: CallServices,
): Promise<CallEvent | undefined> {
  const { calls, callSettings, wakes, clock, log } = services;
  const call = claimed.value;
  const order = await ordered(ref, call, command, services);
  if (order === undefined) return endsAtOnce(command.type) ? { type: 'failed' } : undefined;
  const outcome = await calls.carryOut(order, identityOf(call), callSettings.deadline);
  const fields = { ...ref, correlation: call.correlationId, command: `${call.command} ${command.type}` };
  if (outcome.type === 'accepted') {
    log('info', 'call.commanded', fields);
    await noteTaken(ref, claimed, toldBy(outcome, call), services);
    return endsAtOnce(command.type) ? { type: 'done' } : undefined;
  }
  log('warn', `call.${outcome.type}`, { ...fields, code: outcome.code, reason: outcome.reason });
  if (outcome.type === 'over') return { type: 'disconnected' };
  if (outcome.type === 'refused') return { type: 'failed' };
  const wait = outcome.type === 'later' ? soon : callSettings.lease;
  await wakes.arm({ ...ref, call: true }, clock.now() + wait);
  return undefined;
}

async function ordered(ref: CallRef, call: CallEntry, command: CallCommand, services: CallServices) {
  const head = standing((await services.store.head(ref.conversation))?.value);
  if (head === undefined) {
    // Erased, while it goes on.
    if (call.callConnectionId !== undefined) await letGo(ref, call.callConnectionId, services);
    return undefined;
  }
  // The events that bring the recording, or tell of a call passed on, know nothing of us but this.
  const tellsLater = command.type === 'startRecording' || (command.type === 'transfer' && command.to.startsWith('8:'));
  if (tellsLater && call.serverCallId !== undefined) await services.callIndex.remember(call.serverCallId, ref);
  const order = orderOf(command, call, head, services);
  if (order === undefined)
    services.log('error', 'call.command-impossible', {
      ...ref,
      command: command.type,
      to: maskNumber(head.subscriber),
    });
  return order;
}

const toldBy = ({ recordingId }: Extract<OrderOutcome, { type: 'accepted' }>, call: CallEntry) =>
  recordingId === undefined ? {} : { recordingId, recordingsBegun: begunWith(recordingId, call) };

const begunWith = (recordingId: string, { recordingsBegun }: CallEntry): string =>
  [...new Set([...(recordingsBegun?.split(',') ?? []), recordingIdOf(recordingId)])].join(',');
