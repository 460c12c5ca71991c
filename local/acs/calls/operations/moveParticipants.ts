import * as z from 'zod/mini';
import { leave } from '../callLifecycle.ts';
import { establishedCall } from '../desk.ts';
import { identifierSchema, wireOf } from '../identifiers.ts';
import { refuse } from '../refusal.ts';
import { participantsOf, tell, tellParticipants } from '../tell.ts';
import { type Asked, about, type Done, participant } from './common.ts';

export const moveBody = z.object({
  targetParticipants: z.array(identifierSchema).check(z.minLength(1)),
  fromCall: z.string(),
  ...about,
});

/** From one call of the app's to another; a call that nobody is left on ends. */
export function moveParticipants({ desk, id, body }: Asked<z.output<typeof moveBody>>): Done {
  const [call, other] = [establishedCall(desk, id), establishedCall(desk, body.fromCall)];
  if (call === other) return refuse('invalid', 'fromCall must be another call.');
  const { operationContext, fromCall } = body;
  for (const leg of body.targetParticipants.map((named) => participant(other, named))) {
    call.legs.push({ ...leg });
    const told = { operationContext, fromCall, participant: wireOf(leg.identifier), result: 'done' } as const;
    tell(desk, call, 'MoveParticipantSucceeded', told, body.operationCallbackUri);
    leave(desk, other, leg, `${leg.identifier.rawId} was moved`);
  }
  tellParticipants(desk, call);
  return { status: 202, body: { participants: participantsOf(call), operationContext, fromCall } };
}
