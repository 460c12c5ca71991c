import * as z from 'zod/mini';
import type { PhoneNumber } from '../../../../shared/core/phoneNumbers.ts';
import type { Call, RingEnd } from '../call.ts';
import { presentLegs } from '../call.ts';
import { publishJoined } from '../callEvents.ts';
import { connectApp, endCall } from '../callLifecycle.ts';
import type { Desk } from '../desk.ts';
import { type Identifier, identifierSchema, phone, readIdentifier } from '../identifiers.ts';
import { newCall } from '../incomingCall.ts';
import { refuse } from '../refusal.ts';
import { ringHandset } from '../ringHandset.ts';
import { durations, type ResultName } from '../rules.ts';
import { tell, tellParticipants } from '../tell.ts';
import type { Asked, Done } from './common.ts';
import { newConnection, opening, propertiesOf } from './connection.ts';

export const createBody = z.object({
  targets: z.array(identifierSchema).check(z.minLength(1)),
  sourceCallerIdNumber: z.optional(z.object({ value: z.string() })),
  source: z.optional(z.object({ id: z.string() })),
  ...opening,
});
export const connectBody = z.object({
  callLocator: z.object({ kind: z.optional(z.string()), serverCallId: z.optional(z.string()) }),
  ...opening,
});

/** Rings everybody who is to be called; the call stands with the first who answers. */
export function createCall({ desk, body }: Asked<z.output<typeof createBody>>): Done {
  const targets = body.targets.map(readIdentifier);
  const from = sourceOf(desk, body, targets);
  const [to = from] = targets;
  const call = newCall(desk, { direction: 'outbound', from, to, legs: [] });
  const connection = newConnection(body);
  call.connection = connection;
  for (const target of targets) {
    ringHandset(desk, call, {
      target,
      patience: durations.ring,
      onEnd: (how, leg) => {
        if (how !== 'answered') return missed(desk, call, how);
        if (call.phase === 'ringing') return connectApp(desk, call);
        publishJoined(desk, call, leg);
        tellParticipants(desk, call);
      },
    });
  }
  return { status: 201, body: propertiesOf(call, connection) };
}

/** Who calls: our number, or, if only users are called, a user or nobody in particular. */
function sourceOf(desk: Desk, body: z.output<typeof createBody>, targets: readonly Identifier[]): Identifier {
  const number = body.sourceCallerIdNumber?.value;
  if (number !== undefined) return needOwn(desk, number);
  if (targets.some(({ kind }) => kind === 'phoneNumber')) {
    return refuse('invalid', 'sourceCallerIdNumber is needed to call a phone number.');
  }
  return { kind: 'communicationUser', rawId: body.source?.id ?? '8:acs:local_app' };
}

/** Our own number as a source of calls. */
export function needOwn({ numbers }: Desk, number: string): Identifier {
  const kind = numbers.get(number as PhoneNumber);
  if (kind === 'toll-free' || kind === 'long-code') return phone(number);
  return refuse('foreignNumber', `${number} is none of our numbers that can call: ${[...numbers.keys()].join(', ')}.`);
}

/** If nobody is left who could answer, the call has failed. */
function missed(desk: Desk, call: Call, how: RingEnd): void {
  if (call.phase !== 'ringing' || how === 'callOver' || presentLegs(call).length > 0) return;
  tell(desk, call, 'CreateCallFailed', { operationContext: call.connection?.operationContext, result: failureOf(how) });
  if (call.connection !== undefined) call.connection.state = 'disconnected';
  endCall(desk, call, `not answered: ${how}`);
}

/** What an event says of a ringing that ended without an answer. */
export const failureOf = (how: RingEnd): ResultName => (how === 'callOver' || how === 'answered' ? 'cancelled' : how);

/** The app comes to a call that goes on without it, such as one that it transferred. Others are not known here. */
export function connectCall({ desk, body }: Asked<z.output<typeof connectBody>>): Done {
  const { serverCallId } = body.callLocator;
  const call = [...desk.calls.values()].find((each) => each.serverCallId === serverCallId);
  if (call === undefined || call.phase !== 'connected') {
    return refuse(
      'notFound',
      'Only a call by its serverCallId can be connected to, while it stands; groups and rooms are not here.',
    );
  }
  if (call.connection !== undefined && call.connection.state !== 'disconnected') return refuse('conflict');
  const connection = newConnection(body);
  call.connection = connection;
  const properties = propertiesOf(call, connection);
  connectApp(desk, call);
  return { status: 200, body: properties };
}
