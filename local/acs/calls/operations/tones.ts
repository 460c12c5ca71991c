import * as z from 'zod/mini';
import { stopTones } from '../callLifecycle.ts';
import { establishedCall } from '../desk.ts';
import { identifierSchema } from '../identifiers.ts';
import { needCompatible } from '../media/requestMedia.ts';
import { refuse } from '../refusal.ts';
import { durations, limits } from '../rules.ts';
import { tell } from '../tell.ts';
import { type Asked, about, type Done, participant } from './common.ts';

/** Keys, as the wire names them. */
export const toneNames = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ...['a', 'b', 'c', 'd', 'pound', 'asterisk'],
] as readonly string[];

export const sendTonesBody = z.object({
  tones: z.array(z.enum(toneNames)).check(z.minLength(1), z.maxLength(limits.tones)),
  targetParticipant: identifierSchema,
  ...about,
});
export const continuousBody = z.object({ targetParticipant: identifierSchema, ...about });

/** To somebody with a telephone only. */
export function sendTones({ desk, id, body }: Asked<z.output<typeof sendTonesBody>>): Done {
  const call = establishedCall(desk, id);
  const { identifier } = participant(call, body.targetParticipant);
  if (identifier.kind !== 'phoneNumber') return refuse('invalid', 'Tones can be sent to a phone number only.');
  needCompatible(call, 'sendDtmf');
  const { tones, operationContext, operationCallbackUri } = body;
  call.isSendingTones = true;
  call.said.push({ at: desk.pace.now(), kind: 'tones', content: tones.join(' '), to: [identifier.rawId] });
  desk.pace.act(tones.length * durations.perTone * desk.dials().calls.promptScale, () => {
    call.isSendingTones = false;
    tell(desk, call, 'SendDtmfTonesCompleted', { operationContext, result: 'done' }, operationCallbackUri);
  });
  return { status: 202, body: { operationContext } };
}

/** From now on each key of this leg is told. */
export function startTones({ desk, id, body }: Asked<z.output<typeof continuousBody>>): Done {
  const call = establishedCall(desk, id);
  const leg = participant(call, body.targetParticipant);
  needCompatible(call, 'continuousDtmf');
  leg.tones = { operationContext: body.operationContext };
  return { status: 200 };
}

export function stopContinuousTones({ desk, id, body }: Asked<z.output<typeof continuousBody>>): Done {
  const call = establishedCall(desk, id);
  const leg = participant(call, body.targetParticipant);
  if (leg.tones === undefined) return refuse('wrongState', 'Nobody waits for tones of this participant.');
  stopTones(desk, call, leg, body.operationCallbackUri);
  return { status: 200 };
}
