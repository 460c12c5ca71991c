import type { SmsSendResult } from '@azure/communication-sms';
import type { SendOutcome } from '../../sms/smsSender.ts';
import { retryAfterOf, type WithResponse } from './retryAfter.ts';

/** What an error of the SDK tells; it comes from the service (`statusCode`), the network (`code`), or our own deadline. */
interface SendError extends WithResponse {
  readonly statusCode?: number;
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
}

const notSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** How the provider says that the subscriber has opted out (https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes, SMS 4007). */
const optedOutWords = /opted[ -]?out|sender blocked for given recipient|\b4007\b/i;

const saysOptedOut = (text: string | undefined): boolean => text !== undefined && optedOutWords.test(text);

/** The answer about our one recipient inside a 202. */
export function outcomeOfResult(result: SmsSendResult | undefined): SendOutcome {
  if (result === undefined) return { type: 'ambiguous', reason: 'the answer was empty.' };
  if (result.successful) return { type: 'accepted', providerId: result.messageId ?? '' };
  const status = result.httpStatusCode;
  const reason = result.errorMessage ?? `The provider refused the recipient (${status}).`;
  if (status === 409) return { type: 'ambiguous', reason: 'an earlier attempt is in progress.' };
  if (status === 412) return { type: 'window-over', reason };
  if (status === 429 || status === 503) return { type: 'refused-for-now', code: `recipient-${status}`, reason };
  if (status >= 400 && status < 500)
    return { type: 'refused', code: `recipient-${status}`, reason, optedOut: saysOptedOut(reason) };
  return { type: 'ambiguous', reason: `the provider failed on the recipient (${status}).` };
}

/** An error about the whole request: what is known not to have left, what may have. */
export function outcomeOfError(thrown: unknown, now: number): SendOutcome {
  const error = thrown as SendError;
  const status = error.statusCode;
  if (status === undefined || error.code === 'PARSE_ERROR') return outcomeOfNetwork(error);
  const code = `request-${status}` as const;
  const reason = `The provider refused the request (${status}${error.code === undefined ? '' : `, ${error.code}`}).`;
  if (status === 400) return { type: 'refused', code, reason, optedOut: saysOptedOut(error.message) };
  if (status === 409) return { type: 'ambiguous', reason: 'an earlier attempt is in progress.' };
  if (status === 412) return { type: 'window-over', reason };
  // A success that is not the one the SDK knows may have sent all the same.
  if (status < 400 || status === 408 || (status >= 500 && status !== 503))
    return { type: 'ambiguous', reason: `it failed (${status}).` };
  const retryAfter = retryAfterOf(error, now);
  // 401, 403, 404 and their like are ours to mend: a key, an endpoint. 429 and 503 pass by themselves.
  return { type: 'refused-for-now', code, reason, retryAfter, alarm: status !== 429 && status !== 503 };
}

function outcomeOfNetwork(error: SendError): SendOutcome {
  if (error.code !== undefined && notSent.includes(error.code))
    return { type: 'refused-for-now', code: error.code, reason: 'The provider could not be reached.' };
  if (error.name === 'AbortError') return { type: 'ambiguous', reason: 'no answer came in time.' };
  return { type: 'ambiguous', reason: `the answer did not come through (${error.code ?? error.name ?? 'unknown'}).` };
}
