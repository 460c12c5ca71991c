import { randomUUID } from 'node:crypto';
import type { Call } from './call.ts';
import { connectedLegs } from './call.ts';
import type { Desk } from './desk.ts';
import { wireOf } from './identifiers.ts';
import { type ResultName, results } from './rules.ts';

/** What an event brings beside its ids. */
export interface Telling {
  readonly result?: ResultName | undefined;
  readonly operationContext?: string | undefined;
  readonly [field: string]: unknown;
}

/** Tells the app of something on its call, at the call's address or one for this operation; nothing once it is off the call. */
export function tell(desk: Desk, call: Call, type: string, told: Telling = {}, url?: string): void {
  const { connection } = call;
  if (connection === undefined || connection.state === 'disconnected') return;
  const { result, ...rest } = told;
  const about = `calling/callConnections/${connection.id}`;
  desk.callbacks.post({
    url: url ?? connection.callbackUri,
    lane: connection.id,
    event: {
      id: randomUUID(),
      source: about,
      type: `Microsoft.Communication.${type}`,
      specversion: '1.0',
      datacontenttype: 'application/json',
      subject: about,
      time: preciseTime(desk.pace.now()),
      data: {
        ...rest,
        ...(result !== undefined && { resultInformation: results[result] }),
        callConnectionId: connection.id,
        serverCallId: call.serverCallId,
        correlationId: call.id,
      },
    },
  });
}

export function tellParticipants(desk: Desk, call: Call): void {
  call.sequences.participants += 1;
  tell(desk, call, 'ParticipantsUpdated', {
    participants: participantsOf(call),
    sequenceNumber: call.sequences.participants,
    result: 'done',
  });
}

/** As the wire lists them; the app itself is not among them. */
export const participantsOf = (call: Call) =>
  connectedLegs(call).map(({ identifier, isMuted, isOnHold }) => ({
    identifier: wireOf(identifier),
    isMuted,
    isOnHold,
  }));

/** Seven fractional digits and an offset, as in samples. */
const preciseTime = (at: number): string => new Date(at).toISOString().replace('Z', '0000+00:00');
