import { randomUUID } from 'node:crypto';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import type { AcceptedText, Fate } from '../carrier/facts.ts';
import type { Exchange } from './exchange.ts';
import { isSubscriberForm } from './numbers.ts';
import { judgeRepeat, type RecipientResult } from './repeatability.ts';
import { blockedSend, malformedRecipient, shape } from './rules.ts';
import type { Recipient, SendRequest } from './sendRequest.ts';

/** What ACS makes of one recipient of a request: its result, and, if accepted, a text on its way. */
export function takeText(exchange: Exchange, request: SendRequest, recipient: Recipient): RecipientResult {
  const { ledger, dials, timers, inProgress } = exchange;
  const { sms, switches } = dials();
  if (!sms.repeatability) return carryOut(exchange, request, recipient);
  const repeat = judgeRepeat(request, recipient, {
    now: timers.now(),
    window: switches.repeatabilityWindowSeconds * 1_000,
    answered: ledger.answered,
    inProgress: (key) => inProgress.has(key),
  });
  if (repeat === undefined) return carryOut(exchange, request, recipient);
  if (repeat.type === 'answered') return repeat.result;
  const result: RecipientResult = { ...carryOut(exchange, request, recipient), repeatabilityResult: 'accepted' };
  ledger.record({ type: 'answered', answered: { ...repeat.remember, result } });
  return result;
}

function carryOut(
  exchange: Exchange,
  request: SendRequest,
  { to, repeatabilityRequestId }: Recipient,
): RecipientResult {
  if (!isSubscriberForm(to)) return refused(to, malformedRecipient);
  const from = request.from as PhoneNumber;
  const blocked = exchange.ledger.isBlocked(from, to as PhoneNumber);
  if (blocked && exchange.dials().switches.blockedSends === 'refused') {
    return refused(to, { httpStatusCode: blockedSend.httpStatusCode, errorMessage: blockedSend.details });
  }
  const acceptedAt = exchange.timers.now();
  const messageId = messageIdOf('Outgoing', acceptedAt);
  const text: AcceptedText = {
    messageId,
    from,
    to: to as PhoneNumber,
    message: request.message,
    tag: request.smsSendOptions.tag,
    repeatabilityId: repeatabilityRequestId,
    acceptedAt,
    fate: fateOf(exchange, { request, name: repeatabilityRequestId ?? messageId, blocked, acceptedAt }),
  };
  exchange.ledger.record({ type: 'accepted', text });
  exchange.deliveries.follow(text);
  return { to, messageId, httpStatusCode: shape.accepted, successful: true };
}

const refused = (
  to: string,
  why: { readonly httpStatusCode: number; readonly errorMessage: string },
): RecipientResult => ({
  to,
  httpStatusCode: why.httpStatusCode,
  errorMessage: why.errorMessage,
  successful: false,
});

interface Accepting {
  readonly request: SendRequest;
  /** Names its random numbers. */
  readonly name: string;
  readonly blocked: boolean;
  readonly acceptedAt: number;
}

function fateOf({ dials, random }: Exchange, { request, name, blocked, acceptedAt }: Accepting): Fate {
  const { reportDelayMs, reportMissing, reportDuplicate, reportFailed } = dials().sms;
  const draw = random('sms', 'fate', name);
  const [fails, goesMissing, comesTwice] = [draw(), draw(), draw()].map(
    (drawn, index) => drawn < ([reportFailed.probability, reportMissing, reportDuplicate][index] ?? 0),
  );
  const reports = !request.smsSendOptions.enableDeliveryReport || goesMissing ? 0 : comesTwice ? 2 : 1;
  const at = acceptedAt + reportDelayMs;
  if (blocked) return { end: 'blocked', details: blockedSend.details, at, reports };
  return fails
    ? { end: 'failed', details: reportFailed.details, at, reports }
    : { end: 'delivered', details: '', at, reports };
}

/** As in the documented samples: direction, time to the second, GUID. */
export const messageIdOf = (direction: 'Outgoing' | 'Incoming', at: number): string =>
  `${direction}_${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}${randomUUID()}`;
