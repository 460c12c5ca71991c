import * as z from 'zod/mini';
import type { Call, RingEnd } from '../call.ts';
import { connectedLegs } from '../call.ts';
import { publishJoined } from '../callEvents.ts';
import { disconnectApp } from '../callLifecycle.ts';
import { type Desk, establishedCall } from '../desk.ts';
import { type Identifier, identifierSchema, readIdentifier, wireOf } from '../identifiers.ts';
import { refuse } from '../refusal.ts';
import { ringHandset } from '../ringHandset.ts';
import { durations } from '../rules.ts';
import { tell } from '../tell.ts';
import { type Asked, about, type Done, participant } from './common.ts';
import { failureOf, needOwn } from './createCall.ts';

export const transferBody = z.object({
  targetParticipant: identifierSchema,
  transferee: z.optional(identifierSchema),
  sourceCallerIdNumber: z.optional(z.object({ value: z.string() })),
  ...about,
});

/** Rings the target; whoever is on the call is put through to it, and the app is off the call, once it answers. */
export function transfer({ desk, id, body }: Asked<z.output<typeof transferBody>>): Done {
  const call = establishedCall(desk, id);
  const target = readIdentifier(body.targetParticipant);
  const transferee = transfereeOf(call, body);
  const { connection } = call;
  if (connection === undefined || connection.state !== 'connected')
    return refuse('wrongState', 'A transfer is under way.');
  if (body.sourceCallerIdNumber !== undefined) needOwn(desk, body.sourceCallerIdNumber.value);
  connection.state = 'transferring';
  const told = {
    operationContext: body.operationContext,
    transferTarget: wireOf(target),
    transferee: wireOf(transferee),
  };
  ringHandset(desk, call, {
    target,
    patience: durations.ring,
    onEnd(how, leg) {
      if (how === 'answered') {
        tell(desk, call, 'CallTransferAccepted', { ...told, result: 'done' }, body.operationCallbackUri);
        publishJoined(desk, call, leg);
        disconnectApp(desk, call);
      } else fail(desk, call, how, told, body.operationCallbackUri);
    },
  });
  return { status: 202, body: { operationContext: body.operationContext } };
}

/** The caller is the app's again. */
function fail(desk: Desk, call: Call, how: RingEnd, told: object, url: string | undefined): void {
  if (call.connection?.state === 'transferring') call.connection.state = 'connected';
  tell(desk, call, 'CallTransferFailed', { ...told, result: failureOf(how) }, url);
}

function transfereeOf(call: Call, { transferee }: z.output<typeof transferBody>): Identifier {
  if (transferee !== undefined) return participant(call, transferee).identifier;
  const [only, ...others] = connectedLegs(call);
  if (only === undefined || others.length > 0) {
    return refuse('invalid', 'transferee is needed: several are on the call.');
  }
  return only.identifier;
}
