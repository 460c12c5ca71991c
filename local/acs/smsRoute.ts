import type { Logger } from '../../shared/core/logger.ts';
import { acceptSms } from './acceptSms.ts';
import { deliverAnswer, type HttpContext } from './answer.ts';
import { denial, type Gate } from './authentication.ts';
import type { Exchange } from './exchange.ts';
import { requestErrors, shape } from './rules.ts';
import { readSendRequest } from './sendRequest.ts';

export interface SmsRouteNeeds {
  readonly exchange: Exchange;
  readonly gate: Gate;
  readonly log: Logger;
}

/** `POST /sms` of any API version. */
export function smsRoute({ exchange, gate, log }: SmsRouteNeeds): (c: HttpContext) => Promise<Response> {
  return async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const problem = await denial(c, body, gate);
    if (problem !== undefined) {
      log('warn', 'acs.denied', { reason: problem });
      return c.json(requestErrors.denied.body, requestErrors.denied.status);
    }
    const request = readSendRequest(body);
    if (typeof request === 'string') {
      log('warn', 'acs.invalid', { reason: request });
      return c.json({ error: { code: shape.invalid.code, message: request } }, shape.invalid.status);
    }
    return deliverAnswer(c, acceptSms(exchange, request), exchange.timers);
  };
}
