import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Logger } from '../../shared/core/logger.ts';
import { type Answer, acceptSms } from './acceptSms.ts';
import type { Exchange } from './exchange.ts';
import { requestErrors, shape } from './rules.ts';
import { readSendRequest } from './sendRequest.ts';
import { signatureProblem } from './signature.ts';

export type HttpContext = Context<{ readonly Bindings: HttpBindings }>;

export interface SmsRouteNeeds {
  readonly exchange: Exchange;
  readonly key: Uint8Array;
  readonly log: Logger;
}

/** `POST /sms` of any API version. */
export function smsRoute(needs: SmsRouteNeeds): (c: HttpContext) => Promise<Response> {
  const { exchange, log } = needs;
  return async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const problem = unsigned(c, body, needs);
    if (problem !== undefined) {
      log('warn', 'acs.denied', { reason: problem });
      return c.json(requestErrors.denied.body, requestErrors.denied.status);
    }
    const request = readSendRequest(body);
    if (typeof request === 'string') {
      log('warn', 'acs.invalid', { reason: request });
      return c.json({ error: { code: shape.invalid.code, message: request } }, shape.invalid.status);
    }
    return deliverAnswer(c, acceptSms(exchange, request), exchange);
  };
}

/** The framework's own view of a request is tidied; what was signed is what came over the wire. */
function unsigned(c: HttpContext, body: Uint8Array, { exchange, key }: SmsRouteNeeds): string | undefined {
  const { url: target = '', method = '', headers } = c.env.incoming;
  const tolerance = exchange.dials().switches.hmacDateToleranceMinutes * 60_000;
  return signatureProblem({ method, target, headers, body }, key, { now: exchange.timers.now(), tolerance });
}

function deliverAnswer(c: HttpContext, answer: Answer, { timers }: Exchange): Response {
  switch (answer.type) {
    case 'answer': {
      const headers = answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) };
      return Response.json(answer.body, { status: answer.status, headers });
    }
    case 'lost':
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'held': {
      // The ids stay in progress even if the client has long gone.
      const { socket } = c.env.incoming;
      timers.setTimeout(() => {
        answer.release();
        socket.destroy();
      }, answer.for);
      return RESPONSE_ALREADY_SENT;
    }
  }
}
