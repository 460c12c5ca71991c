import { randomUUID } from 'node:crypto';
import type { SystemEvent } from '../../eventGrid/systemEvent.ts';
import type { Call, Leg, Offer } from './call.ts';
import type { Desk } from './desk.ts';
import { type Identifier, nameOf, wireOf } from './identifiers.ts';

/** https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events */
const event = (desk: Desk, type: string, subject: string, data: unknown): SystemEvent => ({
  id: randomUUID(),
  subject,
  eventType: `Microsoft.Communication.${type}`,
  eventTime: new Date(desk.pace.now()).toISOString().replace('Z', '0000Z'),
  data,
  dataVersion: '1.0',
});

/** An event that cannot be published is told in the log: the call goes on. */
export function publish(desk: Desk, type: string, subject: string, data: unknown): void {
  const publishing = async () => {
    try {
      await desk.events.publish(event(desk, type, subject, data));
    } catch (error) {
      desk.log('error', 'acs.event-unpublished', { type, reason: String(error) });
    }
  };
  desk.pace.track(publishing());
}

export function publishIncomingCall(desk: Desk, call: Call, { to, context }: Offer): void {
  publish(desk, 'IncomingCall', `/caller/${call.from.rawId}/recipient/${to.rawId}`, {
    to: wireOf(to),
    from: wireOf(call.from),
    serverCallId: call.serverCallId,
    callerDisplayName: '',
    customContext: { sipHeaders: {}, voipHeaders: {} },
    incomingCallContext: context,
    correlationId: call.id,
  });
}

const isUser = ({ identifier }: Leg): boolean => identifier.kind === 'communicationUser';
const attendee = (identifier: Identifier) => ({ communicationIdentifier: wireOf(identifier), role: 'Attendee' });

/** Users' events are told of users alone: the page says that legs of the telephone network have none. */
const about = (call: Call) => ({
  startedBy: attendee(call.from),
  serverCallId: call.serverCallId,
  isTwoParty: call.legs.length < 2,
  correlationId: call.id,
  isRoomsCall: false,
});

export function publishJoined(desk: Desk, call: Call, leg: Leg): void {
  if (!isUser(leg)) return;
  const isFirst = !call.legs.some((other) => other !== leg && isUser(other) && other.state === 'connected');
  const subject = `call/${call.serverCallId}`;
  if (isFirst) publish(desk, 'CallStarted', `${subject}/startedBy/${call.from.rawId}`, about(call));
  publish(desk, 'CallParticipantAdded', `${subject}/participant/${leg.identifier.rawId}`, participant(call, leg));
}

export function publishLeft(desk: Desk, call: Call, leg: Leg): void {
  if (!isUser(leg)) return;
  const subject = `call/${call.serverCallId}/participant/${leg.identifier.rawId}`;
  publish(desk, 'CallParticipantRemoved', subject, participant(call, leg));
}

/** Told if a user ever was on the call. */
export function publishEnded(desk: Desk, call: Call): void {
  if (call.connectedAt === undefined || !call.legs.some(isUser)) return;
  const seconds = (desk.pace.now() - call.connectedAt) / 1_000;
  publish(desk, 'CallEnded', `call/${call.serverCallId}`, {
    ...about(call),
    callDurationInSeconds: seconds,
    durationOfCall: seconds,
    reason: { code: 0, subCode: 0, phrase: 'CallEnded' },
    endedBy: { communicationIdentifier: wireOf(call.from), type: 'Participant', name: nameOf(call.from) },
  });
}

const participant = (call: Call, leg: Leg) => ({
  ...about(call),
  user: attendee(leg.identifier),
  displayName: nameOf(leg.identifier),
  participantId: leg.participantId,
  userAgent: 'local-world/1',
  endpointType: 'local-world/1',
});
