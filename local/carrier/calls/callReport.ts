import type { Call, Said } from '../../acs/calls/call.ts';
import type { Desk } from '../../acs/calls/desk.ts';
import { nameOf } from '../../acs/calls/identifiers.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A call as the control surface shows it: state, who is on it, and what was said so far. Callback addresses hold secrets, and are not shown. */
export function callReport(desk: Desk, call: Call) {
  const { connection } = call;
  return {
    id: call.id,
    direction: call.direction,
    from: nameOf(call.from),
    to: nameOf(call.to),
    state: call.phase,
    startedAt: iso(call.startedAt),
    ...(call.connectedAt !== undefined && { connectedAt: iso(call.connectedAt) }),
    ...(call.endedAt !== undefined && { endedAt: iso(call.endedAt), endedBy: call.endedBy }),
    serverCallId: call.serverCallId,
    ...(connection !== undefined && { callConnectionId: connection.id, connectionState: connection.state }),
    waitsFor: waitsFor(call),
    participants: call.legs.map(({ identifier, state, isMuted, isOnHold }) => ({
      who: nameOf(identifier),
      state,
      isMuted,
      isOnHold,
    })),
    said: call.said.map(saidAs),
    recordings: recordingsOf(desk, call),
    callbacks: connection === undefined ? [] : desk.callbacks.reports(connection.id),
  };
}

const saidAs = ({ at, kind, content, to }: Said) => ({
  at: iso(at),
  ...(kind === 'tones' ? { tones: content.split(' ') } : { [kind]: content }),
  ...(to !== undefined && { to }),
});

/** What the app has under way on it. */
const waitsFor = ({ media }: Call): readonly string[] => media.operations().map(({ kind }) => kind);

const recordingsOf = ({ recordings }: Desk, call: Call) =>
  [...recordings.values()]
    .filter(({ callId }) => callId === call.id)
    .map(({ id, state, endedAt }) => ({ id, state: endedAt === undefined ? state : 'ended' }));
