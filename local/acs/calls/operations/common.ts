import * as z from 'zod/mini';
import type { Call, Leg } from '../call.ts';
import { connectedLegs, legOf } from '../call.ts';
import type { Desk } from '../desk.ts';
import { readIdentifier, type WireIdentifier } from '../identifiers.ts';
import { refuse } from '../refusal.ts';

/** What an operation is given: the ids in its path, its body, and where the wire is. */
export interface Asked<Body> {
  readonly desk: Desk;
  readonly id: string;
  readonly secondId: string;
  readonly body: Body;
  readonly url: URL;
}

/** What an operation answers; absent body: no content. */
export interface Done {
  readonly status: number;
  readonly body?: unknown;
}

/** The address of callbacks: the service wants https, which nobody has on this machine. */
export const address = z.string().check(z.regex(/^https?:\/\/\S+$/, 'must be an http or https address'));

/** Fields of most operations. */
export const about = { operationContext: z.optional(z.string()), operationCallbackUri: z.optional(address) };

/** Somebody who is on the call. Refused if nobody here is called so. */
export function participant(call: Call, named: WireIdentifier): Leg {
  const identifier = readIdentifier(named);
  const leg = legOf(call, identifier);
  return leg?.state === 'connected' ? leg : refuse('notFound', `${identifier.rawId} is not on the call.`);
}

/** In a group, the app listens and speaks to one of several; otherwise to the one there is. */
export const isGroup = (call: Call): boolean => connectedLegs(call).length > 1;
