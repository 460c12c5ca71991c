import { AppError } from '../../../shared/core/errors.ts';
import type { PhoneNumber } from '../../../shared/core/phoneNumbers.ts';
import type { Call, Leg, RingEnd } from '../../acs/calls/call.ts';
import { connectedLegs, legOf } from '../../acs/calls/call.ts';
import { leave } from '../../acs/calls/callLifecycle.ts';
import type { Desk } from '../../acs/calls/desk.ts';
import { type Identifier, nameOf, phone, readRawId } from '../../acs/calls/identifiers.ts';
import { ringApp } from '../../acs/calls/incomingCall.ts';
import { tell } from '../../acs/calls/tell.ts';

/** Somebody calls one of our numbers. Throws `invalid-input` that says what to change. */
export function dial(desk: Desk, from: string, to: string): Call {
  const ours = [...desk.numbers.keys()];
  const kind = desk.numbers.get(to as PhoneNumber);
  if (kind !== 'toll-free' && kind !== 'long-code') {
    throw new AppError(
      'invalid-input',
      `"to" must be one of our numbers that can be called: ${ours.join(', ')}. It is "${to}".`,
    );
  }
  const caller = readSomebody(from);
  if (desk.numbers.has(nameOf(caller) as PhoneNumber)) {
    throw new AppError('invalid-input', `"from" must be a subscriber or a user, and none of ${ours.join(', ')}.`);
  }
  return ringApp(desk, caller, phone(to));
}

/** A number or a user, as whoever is at the controls writes them. In a query `+` means a space, so it may be left out. */
export function readSomebody(text: string): Identifier {
  const found = readRawId(/^\s?\d{7,15}$/.test(text) ? `+${text.trim()}` : text);
  if (found !== undefined) return found;
  throw new AppError('invalid-input', `"${text}" is neither a phone number in E.164 with "+" nor a user "8:acs:…_…".`);
}

/** By its id, or by the app's connection to it. */
export function findCall({ calls }: Desk, id: string): Call {
  const call = calls.get(id) ?? [...calls.values()].find(({ connection }) => connection?.id === id);
  if (call !== undefined) return call;
  throw new AppError(
    'not-found',
    'No call has this id; GET /admin/calls lists them. Calls do not outlive the local world.',
  );
}

/** Who acts: whoever is named, or else whoever called, or was called. */
function acting(call: Call, from: string | undefined): Leg {
  if (call.phase !== 'connected')
    throw new AppError('invalid-input', `The call is ${call.phase}: nobody hears anything.`);
  const leg = from === undefined ? connectedLegs(call)[0] : legOf(call, readSomebody(from));
  if (leg?.state === 'connected') return leg;
  throw new AppError('invalid-input', `${from ?? 'Nobody'} is not on the call.`);
}

/** Presses keys, one after the other. */
export function press(desk: Desk, call: Call, tones: readonly string[], from?: string): void {
  const leg = acting(call, from);
  for (const tone of tones) {
    if (leg.tones !== undefined) {
      call.sequences.tones += 1;
      const told = { tone, sequenceId: call.sequences.tones, operationContext: leg.tones.operationContext };
      tell(desk, call, 'ContinuousDtmfRecognitionToneReceived', { ...told, result: 'done' });
    }
    if (!leg.isOnHold) call.media.hear({ from: leg.identifier.rawId, type: 'tone', tone });
  }
}

/** Says something, which a text stands for. Nobody hears who is muted or on hold. */
export function say(call: Call, text: string, from?: string): void {
  const leg = acting(call, from);
  if (!leg.isMuted && !leg.isOnHold) call.media.hear({ from: leg.identifier.rawId, type: 'speech', text });
}

/** Ends the ringing of a handset: of the one named, or of the one that rings longest. */
export function pickUp(call: Call, how: Extract<RingEnd, 'answered' | 'busy' | 'declined'>, who?: string): void {
  const ringing = call.legs.filter(({ state }) => state === 'ringing');
  const leg =
    who === undefined ? ringing[0] : ringing.find(({ identifier }) => identifier.rawId === readSomebody(who).rawId);
  if (leg?.settle === undefined) throw new AppError('invalid-input', 'No such handset rings on this call.');
  leg.settle(how);
}

/** Hangs up: whoever is named, or else whoever called, or was called. */
export function hangUp(desk: Desk, call: Call, who?: string): void {
  if (call.phase === 'ended') return;
  const present = call.legs.filter(({ state }) => state !== 'left');
  const leg = who === undefined ? present[0] : legOf(call, readSomebody(who));
  if (leg === undefined) throw new AppError('invalid-input', `${who ?? 'Nobody'} is not on the call.`);
  leave(desk, call, leg, `${leg.identifier.rawId} hung up`);
}
