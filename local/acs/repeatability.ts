import { digest } from '../../shared/core/hash.ts';
import { repeatability } from './rules.ts';
import type { Recipient, SendRequest } from './sendRequest.ts';
import { parseFixdate } from './signature.ts';

/** What the wire says of one recipient. */
export interface RecipientResult {
  readonly to: string;
  readonly httpStatusCode: number;
  readonly successful: boolean;
  readonly messageId?: string;
  readonly repeatabilityResult?: 'accepted' | 'rejected';
  readonly errorMessage?: string;
}

/** How an id was answered; its repetition gets the same result. */
export interface Answered {
  /** Names the recipient and its id; there is one resource, so it need not be named. */
  readonly key: string;
  /** Hash of what was asked. */
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly firstSent: number;
  readonly result: RecipientResult;
}

export interface RepeatTerms {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds. */
  readonly window: number;
  readonly answered: (key: string) => Answered | undefined;
  readonly inProgress: (key: string) => boolean;
}

/** `first`: to be carried out, and its result to be remembered under what is given. */
export type Repeat =
  | { readonly type: 'first'; readonly remember: Omit<Answered, 'result'> }
  | { readonly type: 'answered'; readonly result: RecipientResult };

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Names a text as it stands in a request; texts without an id share one name for each recipient. */
export const repeatKeyOf = ({ to, repeatabilityRequestId = '' }: Recipient): string =>
  `${to}|${repeatabilityRequestId.toLowerCase()}`;

/** What a recipient's repeatability id makes of it; `undefined` if it has neither id nor first-sent time. */
export function judgeRepeat(request: SendRequest, recipient: Recipient, terms: RepeatTerms): Repeat | undefined {
  const { repeatabilityRequestId: id, repeatabilityFirstSent } = recipient;
  if (id === undefined && repeatabilityFirstSent === undefined) return undefined;
  const firstSent = parseFixdate(repeatabilityFirstSent ?? '');
  const key = repeatKeyOf(recipient);
  if (!guid.test(id ?? '') || firstSent === undefined) return rejected(recipient, 'malformed');
  if (terms.now - firstSent > terms.window) return rejected(recipient, 'windowOver');
  const payload = payloadOf(request, recipient);
  const known = remembered(key, terms);
  if (known !== undefined && known.payload !== payload) return rejected(recipient, 'otherPayload');
  if (terms.inProgress(key)) return rejected(recipient, 'inProgress');
  return known === undefined
    ? { type: 'first', remember: { key, payload, firstSent } }
    : { type: 'answered', result: known.result };
}

/** An id is forgotten when the window of its own first-sent time is over. */
function remembered(key: string, { now, window, answered }: RepeatTerms): Answered | undefined {
  const known = answered(key);
  return known === undefined || now - known.firstSent > window ? undefined : known;
}

function rejected({ to }: Recipient, why: 'malformed' | 'windowOver' | 'otherPayload' | 'inProgress'): Repeat {
  return {
    type: 'answered',
    result: { to, ...repeatability[why], repeatabilityResult: 'rejected', successful: false },
  };
}

const payloadOf = ({ from, message, smsSendOptions }: SendRequest, { to }: Recipient): string =>
  digest(JSON.stringify([from, to, message, smsSendOptions.enableDeliveryReport, smsSendOptions.tag]));
