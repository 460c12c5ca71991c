import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Timers } from '../eventGrid/timers.ts';

export type HttpContext = Context<{ readonly Bindings: HttpBindings }>;

/** What the wire does with a request: an answer, an answer that gets lost, or nothing for a long time and then nothing. */
export type Answer =
  | {
      readonly type: 'answer';
      readonly status: number;
      /** Absent: an answer without content. */
      readonly body?: unknown;
      readonly retryAfter?: number | undefined;
    }
  | { readonly type: 'lost' }
  /** `release` ends the hold, after so many milliseconds. */
  | { readonly type: 'held'; readonly for: number; readonly release: () => void };

export const answer = ({ status, body }: { readonly status: number; readonly body?: unknown }): Answer => ({
  type: 'answer',
  status,
  body,
});

/** Does it. An answer that is lost or held takes the connection with it. */
export function deliverAnswer(c: HttpContext, given: Answer, timers: Timers): Response {
  const { socket } = c.env.incoming;
  switch (given.type) {
    case 'answer': {
      const headers = given.retryAfter === undefined ? {} : { 'retry-after': String(given.retryAfter) };
      const { status, body } = given;
      return body === undefined ? new Response(null, { status, headers }) : Response.json(body, { status, headers });
    }
    case 'lost':
      socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'held':
      // Whatever is in progress stays so even if the client has long gone.
      timers.setTimeout(() => {
        given.release();
        socket.destroy();
      }, given.for);
      return RESPONSE_ALREADY_SENT;
  }
}
