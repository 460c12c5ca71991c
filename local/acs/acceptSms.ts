import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { type Answer, answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { drawMishap, tooMany } from './mishaps.ts';
import { isSenderForm } from './numbers.ts';
import { type RecipientResult, repeatKeyOf } from './repeatability.ts';
import { held, type NumberKind, rateLimits, requestErrors, shape } from './rules.ts';
import type { SendRequest } from './sendRequest.ts';
import { takeText } from './takeText.ts';

/** A signed and well-formed send, from who may send and how often down to each recipient's result. */
export function acceptSms(exchange: Exchange, request: SendRequest): Answer {
  const kind = exchange.numbers.get(request.from as PhoneNumber);
  if (kind === undefined) {
    return answer(isSenderForm(request.from) ? requestErrors.foreignSender : requestErrors.malformedSender);
  }
  const keys = [...new Set(request.smsRecipients.map(repeatKeyOf))];
  for (const key of keys) exchange.ledger.record({ type: 'carried', key });
  const wait = overLimit(exchange, request, kind);
  if (wait !== undefined) return crowded(exchange, wait);
  switch (drawFor(exchange, keys)) {
    case 'status429':
      return crowded(exchange);
    case 'status5xx':
      return answer(requestErrors.serverError);
    case 'timeout':
      return hold(exchange, keys);
    case 'lostAnswer':
      takeAll(exchange, request);
      return { type: 'lost' };
    case undefined:
      return { type: 'answer', status: shape.accepted, body: { value: takeAll(exchange, request) } };
  }
}

const takeAll = (exchange: Exchange, request: SendRequest): readonly RecipientResult[] =>
  request.smsRecipients.map((recipient) => takeText(exchange, request, recipient));

/** `wait`: milliseconds until there is room, where that is known. */
function crowded({ dials }: Exchange, wait?: number): Answer {
  const { sms, switches } = dials();
  return tooMany({ dials: sms, refusal: requestErrors.tooManyRequests, retryAfter: switches.retryAfterOn429, wait });
}

/** Milliseconds until there is room; `undefined` if there is. */
function overLimit({ limiter, dials }: Exchange, request: SendRequest, kind: NumberKind): number | undefined {
  if (!dials().sms.rateLimits) return undefined;
  const counted = kind === 'sender-id' ? kind : request.from;
  return limiter.ask(counted, request.smsRecipients.length, rateLimits[kind]);
}

/** Each attempt of the same texts draws numbers of its own, whatever other requests come in between. */
function drawFor({ random, ledger, dials }: Exchange, keys: readonly string[]): ReturnType<typeof drawMishap> {
  const [first = ''] = keys;
  return drawMishap(random('sms', 'request', first, ledger.carried(first)), dials().sms);
}

/** The ids are in progress until the hold ends, and then forgotten, as those of a request that ended in a 5xx. */
function hold({ inProgress, ledger }: Exchange, keys: readonly string[]): Answer {
  const begun = keys.filter((key) => ledger.answered(key) === undefined && !inProgress.has(key));
  for (const key of begun) inProgress.add(key);
  const release = () => {
    for (const key of begun) inProgress.delete(key);
  };
  return { type: 'held', for: held.for, release };
}
