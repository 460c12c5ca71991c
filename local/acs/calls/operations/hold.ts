import * as z from 'zod/mini';
import { establishedCall } from '../desk.ts';
import { identifierSchema } from '../identifiers.ts';
import { playSource, readSources } from '../media/playSources.ts';
import { refuse } from '../refusal.ts';
import { tellParticipants } from '../tell.ts';
import { type Asked, about, type Done, participant } from './common.ts';

export const holdBody = z.object({
  targetParticipant: identifierSchema,
  playSourceInfo: z.optional(playSource),
  ...about,
});
export const unholdBody = z.object({ targetParticipant: identifierSchema, ...about });

/** What is played meanwhile is noted as said, once. */
export function hold({ desk, id, body }: Asked<z.output<typeof holdBody>>): Done {
  const call = establishedCall(desk, id);
  const leg = participant(call, body.targetParticipant);
  if (leg.isOnHold) return refuse('wrongState', 'The participant is on hold already.');
  const sources = readSources(call, body.playSourceInfo === undefined ? [] : [body.playSourceInfo]);
  leg.isOnHold = true;
  for (const source of sources) {
    call.said.push({ at: desk.pace.now(), ...source, to: [leg.identifier.rawId] });
  }
  tellParticipants(desk, call);
  return { status: 200 };
}

export function unhold({ desk, id, body }: Asked<z.output<typeof unholdBody>>): Done {
  const call = establishedCall(desk, id);
  const leg = participant(call, body.targetParticipant);
  if (!leg.isOnHold) return refuse('wrongState', 'The participant is not on hold.');
  leg.isOnHold = false;
  tellParticipants(desk, call);
  return { status: 200 };
}
