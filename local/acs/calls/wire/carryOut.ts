import * as z from 'zod/mini';
import type { Timers } from '../../../eventGrid/timers.ts';
import { type Answer, answer } from '../../answer.ts';
import type { Gate as Door } from '../../authentication.ts';
import { drawMishap, tooMany } from '../../mishaps.ts';
import { held } from '../../rules.ts';
import type { Gate } from '../callbacks/gate.ts';
import type { Desk } from '../desk.ts';
import { CallRefusal } from '../refusal.ts';
import { type Refused, refusals } from '../rules.ts';
import type { Operation } from './operations.ts';
import type { Repeats, RepeatVerdict } from './repeats.ts';

/** What the wire works with. */
export interface CallRouteNeeds {
  readonly desk: Desk;
  readonly door: Door;
  readonly gate: Gate;
  readonly repeats: Repeats;
  readonly timers: Timers;
}

export interface CallRequest {
  readonly operation: Operation;
  readonly id: string;
  readonly secondId: string;
  readonly bytes: Uint8Array;
  readonly pathname: string;
  readonly url: URL;
  /** How many requests there have been, which names its random numbers. */
  readonly count: number;
  readonly repeatabilityId: string | undefined;
  readonly firstSent: string | undefined;
}

/** A signed request, from what befalls it down to what it does. */
export function take(request: CallRequest, needs: CallRouteNeeds): Answer {
  const { desk } = needs;
  const verdict = judge(request, needs);
  if (verdict?.type === 'refused') return refusedAs(refusals[verdict.why], needs);
  const { calls, switches } = desk.dials();
  switch (drawMishap(desk.random('calls', 'request', request.count), calls)) {
    case 'status429':
      forget(verdict);
      return tooMany({
        dials: calls,
        refusal: { status: refusals.tooMany.status, body: bodyOf(refusals.tooMany, needs) },
        retryAfter: switches.retryAfterOn429,
      });
    case 'status5xx':
      forget(verdict);
      return refusedAs(refusals.serverError, needs);
    case 'timeout':
      return { type: 'held', for: held.for, release: () => forget(verdict) };
    case 'lostAnswer':
      answered(request, needs, verdict);
      return { type: 'lost' };
    case undefined:
      return answered(request, needs, verdict);
  }
}

function judge(request: CallRequest, { desk, repeats }: CallRouteNeeds): RepeatVerdict | undefined {
  const { calls, switches } = desk.dials();
  if (!request.operation.repeatable || !calls.repeatability) return undefined;
  const { repeatabilityId: id, firstSent } = request;
  const content = `${request.operation.method} ${request.pathname}\n${Buffer.from(request.bytes).toString()}`;
  const terms = { now: desk.pace.now(), window: switches.repeatabilityWindowSeconds * 1_000 };
  return repeats.judge({ id, firstSent, content }, terms);
}

/** A repetition whose first is in progress has not begun anything to forget. */
const forget = (verdict: RepeatVerdict | undefined): void => {
  if (verdict?.type === 'first') verdict.forget();
};

function answered(request: CallRequest, needs: CallRouteNeeds, verdict: RepeatVerdict | undefined): Answer {
  if (verdict?.type === 'answered') return verdict.answer;
  const given = carryOut(request, needs);
  if (verdict?.type === 'first') verdict.remember(given);
  return given;
}

function carryOut(request: CallRequest, needs: CallRouteNeeds): Answer {
  const { operation, id, secondId, url } = request;
  const body = readBody(request);
  if (typeof body === 'string') return refusedAs({ ...refusals.invalid, message: body }, needs);
  try {
    return answer(operation.run({ desk: needs.desk, id, secondId, body: body.value, url }));
  } catch (error) {
    if (error instanceof CallRefusal) return refusedAs(error.refused, needs);
    throw error;
  }
}

/** A string says what is wrong with it. Operations that take nothing let anything pass. */
function readBody({ operation, bytes }: CallRequest): { readonly value: unknown } | string {
  const parsed = z.safeParse(operation.schema, readJson(bytes), { error: z.locales.en().localeError });
  if (parsed.success) return { value: parsed.data };
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}

/** `undefined` if the body is no JSON in UTF-8. */
function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function refusedAs(refused: Refused, needs: CallRouteNeeds): Answer {
  needs.desk.log('warn', 'acs.call-refused', { code: refused.code, reason: refused.message });
  return answer({ status: refused.status, body: bodyOf(refused, needs) });
}

const bodyOf = ({ code, word, message }: Refused, { desk }: CallRouteNeeds) => ({
  error: { code: desk.dials().switches.callErrorCode === 'number' ? String(code) : word, message },
});
