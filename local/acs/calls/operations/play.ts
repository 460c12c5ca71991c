import * as z from 'zod/mini';
import { establishedCall } from '../desk.ts';
import { identifierSchema } from '../identifiers.ts';
import { playSource, readSources } from '../media/playSources.ts';
import { requestMedia } from '../media/requestMedia.ts';
import { sayOperation } from '../media/sayOperation.ts';
import { type Asked, about, type Done, participant } from './common.ts';

export const playBody = z.object({
  playSources: z.array(playSource).check(z.minLength(1)),
  playTo: z._default(z.array(identifierSchema), []),
  playOptions: z.optional(z.object({ loop: z._default(z.boolean(), false) })),
  interruptCallMediaOperation: z._default(z.boolean(), false),
  ...about,
});

export function play({ desk, id, body }: Asked<z.output<typeof playBody>>): Done {
  const call = establishedCall(desk, id);
  const to = body.playTo.map((named) => participant(call, named).identifier.rawId);
  const operation = sayOperation(desk, call, {
    kind: to.length > 0 ? 'playTo' : 'playToAll',
    sources: readSources(call, body.playSources),
    to: to.length > 0 ? to : undefined,
    loop: body.playOptions?.loop ?? false,
    operationContext: body.operationContext,
    callbackUri: body.operationCallbackUri,
  });
  requestMedia(desk, call, operation, body.interruptCallMediaOperation);
  return { status: 202 };
}

export function cancelAllMedia({ desk, id }: Asked<unknown>): Done {
  establishedCall(desk, id).media.cancelAll(true);
  return { status: 202 };
}
