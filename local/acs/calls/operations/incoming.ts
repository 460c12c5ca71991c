import * as z from 'zod/mini';
import type { Call } from '../call.ts';
import { begin, connectApp, endCall } from '../callLifecycle.ts';
import type { Desk } from '../desk.ts';
import { type Identifier, identifierSchema, readIdentifier } from '../identifiers.ts';
import { offerCall, offerOf, ringingOffer, takeOffer } from '../incomingCall.ts';
import { ringHandset } from '../ringHandset.ts';
import { durations } from '../rules.ts';
import { tell } from '../tell.ts';
import type { Asked, Done } from './common.ts';
import { newConnection, opening, propertiesOf } from './connection.ts';

export const answerBody = z.object({ incomingCallContext: z.string(), ...opening });
export const rejectBody = z.object({
  incomingCallContext: z.string(),
  callRejectReason: z._default(z.enum(['none', 'busy', 'forbidden']), 'none'),
});
export const redirectBody = z.object({ incomingCallContext: z.string(), target: identifierSchema });

export function answerCall({ desk, body }: Asked<z.output<typeof answerBody>>): Done {
  const late = offerOf(desk, body.incomingCallContext);
  if (late.offer.state === 'over' && desk.dials().switches.lateAnswer === 'event')
    return failToAnswer(desk, late.call, body);
  const { call, offer } = ringingOffer(desk, body.incomingCallContext);
  takeOffer(offer, 'answered');
  const connection = newConnection(body);
  call.connection = connection;
  // The app may answer for a user whose handset rings beside it.
  for (const leg of [...call.legs]) leg.settle?.('cancelled');
  const properties = propertiesOf(call, connection);
  connectApp(desk, call);
  return { status: 200, body: properties };
}

/** Taken in good faith, and taken back by an event. */
function failToAnswer(desk: Desk, call: Call, body: z.output<typeof answerBody>): Done {
  const connection = newConnection(body);
  call.connection = connection;
  const properties = propertiesOf(call, connection);
  tell(desk, call, 'AnswerFailed', { operationContext: body.operationContext, result: 'lateAnswer' });
  connection.state = 'disconnected';
  return { status: 200, body: properties };
}

export function rejectCall({ desk, body }: Asked<z.output<typeof rejectBody>>): Done {
  const { call, offer } = ringingOffer(desk, body.incomingCallContext);
  takeOffer(offer, 'rejected');
  endCall(desk, call, `the app rejected it (${body.callRejectReason})`);
  return { status: 204 };
}

/** The app hears no more of the call, unless it goes to a user: that rings as a second incoming call. */
export function redirectCall({ desk, body }: Asked<z.output<typeof redirectBody>>): Done {
  const target = readIdentifier(body.target);
  const { call, offer } = ringingOffer(desk, body.incomingCallContext);
  takeOffer(offer, 'redirected');
  ringRedirected(desk, call, target);
  return { status: 204 };
}

function ringRedirected(desk: Desk, call: Call, target: Identifier): void {
  const offer = target.kind === 'communicationUser' ? offerCall(desk, call, target) : undefined;
  ringHandset(desk, call, {
    target,
    patience: durations.ring,
    onEnd(how) {
      if (how === 'cancelled' || how === 'callOver') return;
      if (offer !== undefined) takeOffer(offer, 'answered');
      if (how === 'answered') begin(desk, call);
      else endCall(desk, call, `redirected to ${target.rawId}: ${how}`);
    },
  });
}
