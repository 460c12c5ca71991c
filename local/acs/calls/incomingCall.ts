import { randomUUID } from 'node:crypto';
import { keyedDigest } from '../../../shared/core/hash.ts';
import type { Call, Leg, Offer } from './call.ts';
import { publishIncomingCall } from './callEvents.ts';
import { endCall } from './callLifecycle.ts';
import type { Desk } from './desk.ts';
import type { Identifier } from './identifiers.ts';
import { mediaQueue } from './media/queue.ts';
import { refuse } from './refusal.ts';
import { newLeg } from './ringHandset.ts';
import { durations } from './rules.ts';

export interface Parties {
  readonly direction: Call['direction'];
  readonly from: Identifier;
  readonly to: Identifier;
  readonly legs: readonly Leg[];
}

/** How many calls that are over are remembered, as of texts. */
const kept = 1_000;

/** The oldest that are over and have no recording. */
function forgetOld({ calls, recordings, callbacks }: Desk): void {
  const recorded = new Set([...recordings.values()].map(({ callId }) => callId));
  const over = [...calls.values()].filter(({ id, phase }) => phase === 'ended' && !recorded.has(id));
  for (const { id, connection } of over.slice(0, Math.max(0, over.length - kept))) {
    calls.delete(id);
    if (connection !== undefined) callbacks.forget(connection.id);
  }
}

export function newCall(desk: Desk, { direction, from, to, legs }: Parties): Call {
  const id = randomUUID();
  const call: Call = {
    id,
    serverCallId: Buffer.from(`https://local.world/conv/${randomUUID()}`).toString('base64url'),
    direction,
    from,
    to,
    startedAt: desk.pace.now(),
    phase: 'ringing',
    offers: [],
    connection: undefined,
    legs: [...legs],
    media: mediaQueue(),
    said: [],
    invitations: new Map(),
    sequences: { participants: 0, tones: 0 },
    isSendingTones: false,
  };
  forgetOld(desk);
  desk.calls.set(id, call);
  return call;
}

/** Somebody calls one of our numbers: the app hears of it by Event Grid, and has as long as it rings. */
export function ringApp(desk: Desk, from: Identifier, to: Identifier): Call {
  const call = newCall(desk, { direction: 'inbound', from, to, legs: [newLeg(from, 'calling')] });
  offerCall(desk, call, to);
  return call;
}

export function offerCall(desk: Desk, call: Call, to: Identifier): Offer {
  const offer: Offer = { to, context: contextOf(desk, call), state: 'ringing', silence() {} };
  call.offers.push(offer);
  offer.silence = desk.pace.wait(durations.ring * desk.dials().calls.waitScale, () => {
    endCall(desk, call, 'nobody answered');
  });
  publishIncomingCall(desk, call, offer);
  return offer;
}

/** Looks like the service's, is as opaque, and is good in this world only. */
function contextOf({ key }: Desk, call: Call): string {
  const head = Buffer.from('{"alg":"HS256"}').toString('base64url');
  const body = Buffer.from(JSON.stringify({ cc: call.id, n: call.offers.length })).toString('base64url');
  return `${head}.${body}.${signatureOf(key, `${head}.${body}`)}`;
}

const signatureOf = (key: Uint8Array, signed: string): string =>
  keyedDigest(Buffer.from(key).toString('base64'), signed);

/** The offer that a context stands for, whatever has become of it. Refused if the context is none of ours, or forgotten. */
export function offerOf(desk: Desk, context: string): { readonly call: Call; readonly offer: Offer } {
  const [, signed = '', body = '', signature] = /^([^.]+\.([^.]+))\.([^.]+)$/.exec(context) ?? [];
  if (signature !== signatureOf(desk.key, signed)) {
    return refuse('invalid', 'The incomingCallContext is not as an IncomingCall event brought it.');
  }
  const { cc, n } = JSON.parse(Buffer.from(body, 'base64url').toString());
  const call = desk.calls.get(cc);
  const offer = call?.offers[n];
  return call === undefined || offer === undefined
    ? refuse('notFound', 'The incoming call is not known any more. Calls do not outlive the local world.')
    : { call, offer };
}

/** The same, if it still rings. Refused if somebody has dealt with it, or it is over. */
export function ringingOffer(desk: Desk, context: string): { readonly call: Call; readonly offer: Offer } {
  const found = offerOf(desk, context);
  switch (found.offer.state) {
    case 'ringing':
      return found;
    case 'over':
      return refuse('notFound', 'The incoming call is over.');
    default:
      return refuse('conflict', `The incoming call was ${found.offer.state} already.`);
  }
}

/** Ends the ringing at the app. */
export function takeOffer(offer: Offer, state: 'answered' | 'rejected' | 'redirected'): void {
  offer.silence();
  offer.state = state;
}
