import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import type { Dials } from '../dials.ts';
import type { Exchange } from './exchange.ts';
import { isSenderForm } from './numbers.ts';
import { type RecipientResult, repeatKeyOf } from './repeatability.ts';
import { held, type NumberKind, rateLimits, requestErrors, shape } from './rules.ts';
import type { SendRequest } from './sendRequest.ts';
import { takeText } from './takeText.ts';

/** What the wire does with a request: an answer, an answer that gets lost, or nothing for a long time and then nothing. */
export type Answer =
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly retryAfter?: number | undefined;
    }
  | { readonly type: 'lost' }
  /** `release` ends the hold, after so many milliseconds. */
  | { readonly type: 'held'; readonly for: number; readonly release: () => void };

/** A signed and well-formed send, from who may send and how often down to each recipient's result. */
export function acceptSms(exchange: Exchange, request: SendRequest): Answer {
  const kind = exchange.numbers.get(request.from as PhoneNumber);
  if (kind === undefined) {
    return answer(isSenderForm(request.from) ? requestErrors.foreignSender : requestErrors.malformedSender);
  }
  const keys = [...new Set(request.smsRecipients.map(repeatKeyOf))];
  for (const key of keys) exchange.ledger.record({ type: 'carried', key });
  const wait = overLimit(exchange, request, kind);
  if (wait !== undefined) return tooMany(exchange.dials(), Math.ceil(wait / 1_000));
  switch (drawMishap(exchange, keys)) {
    case 'status429':
      return tooMany(exchange.dials());
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

const answer = ({ status, body }: { readonly status: number; readonly body: unknown }): Answer => ({
  type: 'answer',
  status,
  body,
});

/** `wait`: seconds until there is room, where that is known. */
function tooMany({ sms, switches }: Dials, wait?: number): Answer {
  const retryAfter = switches.retryAfterOn429 ? (sms.retryAfterSeconds ?? wait) : undefined;
  return { type: 'answer', ...requestErrors.tooManyRequests, retryAfter };
}

/** Milliseconds until there is room; `undefined` if there is. */
function overLimit({ limiter, dials }: Exchange, request: SendRequest, kind: NumberKind): number | undefined {
  if (!dials().sms.rateLimits) return undefined;
  const counted = kind === 'sender-id' ? kind : request.from;
  return limiter.ask(counted, request.smsRecipients.length, rateLimits[kind]);
}

const mishaps = ['status429', 'status5xx', 'timeout', 'lostAnswer'] as const;

/** Each attempt of the same texts draws numbers of its own, whatever other requests come in between. */
function drawMishap(
  { random, ledger, dials }: Exchange,
  keys: readonly string[],
): (typeof mishaps)[number] | undefined {
  const [first = ''] = keys;
  const draw = random('sms', 'request', first, ledger.carried(first));
  return mishaps.find((mishap) => draw() < dials().sms[mishap]);
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
