import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Call, Connection } from '../call.ts';
import { legOf } from '../call.ts';
import { nameOf, wireOf } from '../identifiers.ts';
import { address } from './common.ts';

/** What answering, creating and connecting have in common. */
export const opening = {
  callbackUri: address,
  operationContext: z.optional(z.string()),
  callIntelligenceOptions: z.optional(z.object({ cognitiveServicesEndpoint: z.optional(z.string()) })),
  transcriptionOptions: z.optional(z.looseObject({})),
  mediaStreamingOptions: z.optional(z.looseObject({})),
  answeredBy: z.optional(z.object({ id: z.string() })),
};

type Opening = z.output<z.ZodMiniObject<typeof opening>>;

export const newConnection = (asked: Opening): Connection => ({
  id: randomUUID(),
  callbackUri: asked.callbackUri,
  operationContext: asked.operationContext,
  answeredBy: asked.answeredBy?.id,
  speaks: Boolean(asked.callIntelligenceOptions?.cognitiveServicesEndpoint),
  streams: {
    transcription: asked.transcriptionOptions !== undefined,
    mediaStreaming: asked.mediaStreamingOptions !== undefined,
  },
  state: 'connecting',
});

/** The properties of a call connection, as answer, create and get give them. */
export function propertiesOf(call: Call, connection: Connection) {
  const caller = call.from;
  const service = call.direction === 'inbound' ? call.to : call.from;
  return {
    callConnectionId: connection.id,
    serverCallId: call.serverCallId,
    callConnectionState: connection.state,
    targets: targetsOf(call),
    source: wireOf(caller),
    ...(caller.kind === 'phoneNumber' && { sourceCallerIdNumber: { value: nameOf(caller) } }),
    ...(connection.answeredBy !== undefined && {
      answeredBy: { id: connection.answeredBy },
    }),
    ...(call.direction === 'inbound' && service.kind === 'phoneNumber' && { answeredFor: { value: nameOf(service) } }),
    callbackUri: connection.callbackUri,
    correlationId: call.id,
  };
}

function targetsOf(call: Call) {
  if (call.direction === 'inbound') return [wireOf(call.to)];
  return call.legs.filter(({ identifier }) => legOf(call, identifier)).map(({ identifier }) => wireOf(identifier));
}
