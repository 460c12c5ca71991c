import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Call, Leg, RingEnd } from '../call.ts';
import { legOf } from '../call.ts';
import { publishJoined } from '../callEvents.ts';
import { leave } from '../callLifecycle.ts';
import { connectedCall, type Desk, establishedCall } from '../desk.ts';
import { identifierSchema, readIdentifier, wireOf } from '../identifiers.ts';
import { refuse } from '../refusal.ts';
import { ringHandset } from '../ringHandset.ts';
import { durations } from '../rules.ts';
import { participantsOf, tell, tellParticipants } from '../tell.ts';
import { type Asked, about, type Done, participant } from './common.ts';
import { failureOf, needOwn } from './createCall.ts';

export const addBody = z.object({
  participantToAdd: identifierSchema,
  sourceCallerIdNumber: z.optional(z.object({ value: z.string() })),
  invitationTimeoutInSeconds: z.optional(z.int().check(z.gte(1), z.lte(180))),
  ...about,
});
export const removeBody = z.object({ participantToRemove: identifierSchema, ...about });
export const cancelAddBody = z.object({ invitationId: z.string(), ...about });
export const muteBody = z.object({
  targetParticipants: z.array(identifierSchema).check(z.minLength(1), z.maxLength(1)),
  operationContext: z.optional(z.string()),
});

export function listParticipants({ desk, id }: Asked<unknown>): Done {
  return { status: 200, body: { value: participantsOf(connectedCall(desk, id)) } };
}

export function getParticipant({ desk, id, secondId }: Asked<unknown>): Done {
  const call = connectedCall(desk, id);
  const found = participantsOf(call).find(({ identifier }) => identifier.rawId === secondId);
  return { status: 200, body: found ?? refuse('notFound', `${secondId} is not on the call.`) };
}

export function addParticipant({ desk, id, body }: Asked<z.output<typeof addBody>>): Done {
  const call = establishedCall(desk, id);
  const target = readIdentifier(body.participantToAdd);
  if (legOf(call, target) !== undefined) return refuse('invalid', `${target.rawId} is on the call, or rings already.`);
  if (target.kind === 'phoneNumber') needSource(desk, body);
  const invitationId = randomUUID();
  const leg = ringHandset(desk, call, {
    target,
    patience: (body.invitationTimeoutInSeconds ?? durations.ring / 1_000) * 1_000,
    onEnd: (how, invited) => settleInvitation(desk, call, { how, leg: invited, body }),
  });
  call.invitations.set(invitationId, leg);
  const { operationContext } = body;
  const added = { identifier: wireOf(target), isMuted: false, isOnHold: false };
  return { status: 202, body: { participant: added, operationContext, invitationId } };
}

function needSource(desk: Desk, { sourceCallerIdNumber }: z.output<typeof addBody>): void {
  if (sourceCallerIdNumber === undefined) refuse('invalid', 'sourceCallerIdNumber is needed to add a phone number.');
  else needOwn(desk, sourceCallerIdNumber.value);
}

interface Settled {
  readonly how: RingEnd;
  readonly leg: Leg;
  readonly body: z.output<typeof addBody>;
}

function settleInvitation(desk: Desk, call: Call, { how, leg, body }: Settled): void {
  const told = { operationContext: body.operationContext, participant: wireOf(leg.identifier) };
  if (how !== 'answered') {
    tell(desk, call, 'AddParticipantFailed', { ...told, result: failureOf(how) }, body.operationCallbackUri);
    return;
  }
  publishJoined(desk, call, leg);
  tell(desk, call, 'AddParticipantSucceeded', { ...told, result: 'done' }, body.operationCallbackUri);
  tellParticipants(desk, call);
}

export function cancelAddParticipant({ desk, id, body }: Asked<z.output<typeof cancelAddBody>>): Done {
  const call = establishedCall(desk, id);
  const { invitationId, operationContext, operationCallbackUri } = body;
  const leg = call.invitations.get(invitationId) ?? refuse('notFound', 'There is no such invitation on this call.');
  const rings = leg.settle !== undefined;
  leg.settle?.('cancelled');
  const [type, result] = rings
    ? (['CancelAddParticipantSucceeded', 'done'] as const)
    : (['CancelAddParticipantFailed', 'tooLateToCancel'] as const);
  tell(desk, call, type, { operationContext, invitationId, result }, operationCallbackUri);
  return { status: 202, body: { invitationId, operationContext } };
}

export function removeParticipant({ desk, id, body }: Asked<z.output<typeof removeBody>>): Done {
  const call = establishedCall(desk, id);
  const leg = participant(call, body.participantToRemove);
  const { operationContext } = body;
  const told = { operationContext, participant: wireOf(leg.identifier), result: 'done' } as const;
  tell(desk, call, 'RemoveParticipantSucceeded', told, body.operationCallbackUri);
  leave(desk, call, leg, 'the app removed the last one');
  return { status: 202, body: { operationContext } };
}

export function muteParticipant({ desk, id, body }: Asked<z.output<typeof muteBody>>): Done {
  const call = establishedCall(desk, id);
  for (const named of body.targetParticipants) participant(call, named).isMuted = true;
  tellParticipants(desk, call);
  return { status: 200, body: { operationContext: body.operationContext } };
}
