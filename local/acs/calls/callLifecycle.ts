import { endRecordings } from '../recordings/record.ts';
import type { Call, Leg } from './call.ts';
import { connectedLegs } from './call.ts';
import { publishEnded, publishJoined, publishLeft } from './callEvents.ts';
import type { Desk } from './desk.ts';
import type { ResultName } from './rules.ts';
import { tell, tellParticipants } from './tell.ts';

/** The app is on the call from now on. */
export function connectApp(desk: Desk, call: Call): void {
  const { connection } = call;
  if (connection === undefined) return;
  connection.state = 'connected';
  begin(desk, call);
  tell(desk, call, 'CallConnected', { operationContext: connection.operationContext, result: 'done' });
  tellParticipants(desk, call);
}

/** Somebody can speak to somebody. */
export function begin(desk: Desk, call: Call): void {
  if (call.phase !== 'ringing') return;
  call.phase = 'connected';
  call.connectedAt = desk.pace.now();
  for (const leg of call.legs) if (leg.state === 'calling') leg.state = 'connected';
  for (const leg of connectedLegs(call)) publishJoined(desk, call, leg);
}

/** Somebody hangs up, or is put off the call. `why`: in words. */
export function leave(desk: Desk, call: Call, leg: Leg, why: string): void {
  leg.settle?.('declined');
  if (leg.state === 'left') return;
  leg.state = 'left';
  stopTones(desk, call, leg);
  publishLeft(desk, call, leg);
  if (isDeserted(call)) endCall(desk, call, why);
  else tellParticipants(desk, call);
}

/** A call goes on while two are on it, of whom the app may be one. */
function isDeserted(call: Call): boolean {
  const app = call.connection !== undefined && call.connection.state !== 'disconnected' ? 1 : 0;
  return call.phase === 'ringing' || connectedLegs(call).length + app < 2;
}

/** The app is off the call, and hears nothing more of it. */
export function disconnectApp(desk: Desk, call: Call, result: ResultName = 'hungUp'): void {
  if (call.connection === undefined) return;
  call.media.cancelAll(desk.dials().switches.mediaAtEnd === 'canceled');
  for (const leg of call.legs) stopTones(desk, call, leg);
  tell(desk, call, 'CallDisconnected', { operationContext: call.connection.operationContext, result });
  call.connection.state = 'disconnected';
}

/** The app hangs up for itself; whoever is left goes on, if they are two. */
export function leaveApp(desk: Desk, call: Call): void {
  if (connectedLegs(call).length < 2) endCall(desk, call, 'the app hung up');
  else disconnectApp(desk, call);
}

/** Everybody is off the call. `why`: in words. */
export function endCall(desk: Desk, call: Call, why: string, result: ResultName = 'hungUp'): void {
  if (call.phase === 'ended') return;
  call.phase = 'ended';
  call.endedAt = desk.pace.now();
  call.endedBy = why;
  for (const offer of call.offers) {
    offer.silence();
    if (offer.state === 'ringing') offer.state = 'over';
  }
  for (const leg of [...call.legs]) leg.settle?.('callOver');
  endRecordings(desk, call);
  disconnectApp(desk, call, result);
  for (const leg of call.legs) {
    const wasConnected = leg.state === 'connected';
    leg.state = 'left';
    if (wasConnected) publishLeft(desk, call, leg);
  }
  publishEnded(desk, call);
}

/** Keys of this leg are no longer told. */
export function stopTones(desk: Desk, call: Call, leg: Leg, url?: string): void {
  if (leg.tones === undefined) return;
  const { operationContext } = leg.tones;
  leg.tones = undefined;
  tell(desk, call, 'ContinuousDtmfRecognitionStopped', { operationContext, result: 'done' }, url);
}
