import { consentOf } from '../conversations/consent.ts';
import type { OutboundMessage, Purpose } from '../conversations/entry.ts';
import { type Head, modeAt } from '../conversations/head.ts';
import { isFinished } from '../conversations/status.ts';
import { msOf } from '../core/time.ts';
import type { EndCode } from './endCodes.ts';
import type { SendOutcome } from './smsSender.ts';
import type { SmsSettings } from './smsServices.ts';

/** Why a message ended without being accepted. `reason` is shown to agents. */
export interface Ending {
  readonly code: EndCode;
  readonly reason: string;
}

/** What whoever looks at an unfinished message has to do. All times are milliseconds since 1970. */
export type Resumption =
  | { readonly type: 'finished' }
  /** The claim is this attempt's own: the answer to its write was lost. */
  | { readonly type: 'ours' }
  /** Somebody is sending it. */
  | { readonly type: 'leased'; readonly until: number }
  /** Its next try has a wake of its own. */
  | { readonly type: 'waiting' }
  | { readonly type: 'end'; readonly message: OutboundMessage }
  | { readonly type: 'send'; readonly message: OutboundMessage };

export interface Attempt {
  readonly token: string;
  /** From before the look at the head, so that the lease covers what has been decided by it. */
  readonly now: number;
}

type Sending = Pick<
  OutboundMessage,
  'claimToken' | 'claimUntil' | 'epoch' | 'firstSentAt' | 'ambiguousEpoch' | 'attempts'
>;

/** The claim and the first epoch of a message that is being made. */
export const firstClaim = ({ token, now }: Attempt, settings: SmsSettings): Sending => ({
  claimToken: token,
  claimUntil: now + settings.lease,
  epoch: 1,
  firstSentAt: now - settings.firstSentMargin,
  ambiguousEpoch: 0,
  attempts: 0,
});

/** Ends a message: `failed` if every attempt is known to have been refused, else `unknown`. */
export const ended = (message: OutboundMessage, { code, reason }: Ending): OutboundMessage => ({
  ...released(message),
  endedAs: message.ambiguousEpoch === 0 ? 'failed' : 'unknown',
  endCode: code,
  endReason: reason,
});

/** What to do with a message that was begun before, by a process that may still live. */
export function resume(
  message: OutboundMessage,
  head: Head | undefined,
  attempt: Attempt,
  settings: SmsSettings,
): Resumption {
  const { now } = attempt;
  if (isFinished(message)) return { type: 'finished' };
  if (message.claimToken === attempt.token) return { type: 'ours' };
  if (message.claimToken !== undefined && (message.claimUntil ?? 0) > now)
    return { type: 'leased', until: message.claimUntil ?? now };
  if ((message.nextTryAt ?? 0) > now + settings.clockTolerance) return { type: 'waiting' };
  // A claim that lapsed may have sent before its holder died.
  const known = message.claimToken === undefined ? message : { ...message, ambiguousEpoch: message.epoch };
  const ending = cancelled(known, head, now) ?? givenUp(known, now, settings);
  if (ending !== undefined) return { type: 'end', message: ended(known, ending) };
  return { type: 'send', message: claimedAgain(known, attempt, settings) };
}

/** A message too old to be sent, by its own time and not by when we first tried. */
export function tooOld(
  message: Pick<OutboundMessage, 'at' | 'purpose'>,
  now: number,
  settings: SmsSettings,
): Ending | undefined {
  const age = now - msOf(message.at);
  return age > maxAge(message.purpose, settings)
    ? { code: 'expired', reason: `Not sent: it could not leave within ${inWords(maxAge(message.purpose, settings))}.` }
    : undefined;
}

/** The epoch may have left, and the provider no longer remembers its id. */
export const windowIsOver = (message: Sending, now: number, settings: SmsSettings): boolean =>
  message.ambiguousEpoch === message.epoch && now > message.firstSentAt + settings.epochWindow;

/** The judgement after an attempt that the provider did not accept; `jitter` is in [0, 1). */
export function afterRefusal(
  message: OutboundMessage,
  outcome: Exclude<SendOutcome, { type: 'accepted' }>,
  { now, jitter }: { readonly now: number; readonly jitter: number },
  settings: SmsSettings,
): OutboundMessage {
  const tried = { ...message, attempts: message.attempts + 1 };
  const doubtful = { ...tried, ambiguousEpoch: message.epoch };
  const wait = backoff(tried.attempts, jitter);
  switch (outcome.type) {
    case 'refused':
      return ended(tried, outcome);
    case 'refused-for-now':
      return putOff(tried, now + Math.max(wait, outcome.retryAfter ?? 0));
    case 'ambiguous':
      return settings.ambiguousSends === 'never'
        ? ended(doubtful, unclear(outcome.reason))
        : putOff(doubtful, now + wait);
    case 'window-over':
      return message.ambiguousEpoch === message.epoch && settings.ambiguousSends !== 'always'
        ? ended(tried, unclear(outcome.reason))
        : putOff(tried, now + wait);
  }
}

/** Gives the claim back until a wake that is armed for `nextTryAt`. */
export const putOff = (message: OutboundMessage, nextTryAt: number): OutboundMessage => ({
  ...released(message),
  nextTryAt,
});

const released = (message: OutboundMessage): OutboundMessage => ({
  ...message,
  claimToken: undefined,
  claimUntil: undefined,
  nextTryAt: undefined,
});

const unclear = (reason: string): Ending => ({
  code: 'unclear',
  reason: `It may have left; the provider could not tell: ${reason}`,
});

const exceptedFromStop: readonly Purpose[] = ['stop-confirmation', 'help'];

function cancelled(message: OutboundMessage, head: Head | undefined, now: number): Ending | undefined {
  if (head === undefined || (head.erasedAt !== undefined && head.erasedAt >= message.at))
    return { code: 'erased', reason: 'Not sent: the conversation was erased.' };
  const consent = consentOf(head);
  if (consent === 'revoked' && !exceptedFromStop.includes(message.purpose))
    return { code: 'opted-out', reason: 'Not sent: the subscriber has opted out.' };
  if (consent === 'given' && message.purpose === 'stop-confirmation')
    return { code: 'opted-in-again', reason: 'Not sent: the subscriber has opted in again.' };
  if (message.purpose === 'answer' && modeAt(head, now) === 'agent')
    return { code: 'taken-over', reason: 'Not sent: an agent has taken over.' };
  return undefined;
}

function givenUp(message: OutboundMessage, now: number, settings: SmsSettings): Ending | undefined {
  const expired = tooOld(message, now, settings);
  if (expired !== undefined) return expired;
  if (message.ambiguousEpoch !== message.epoch || settings.ambiguousSends === 'always') return undefined;
  if (settings.ambiguousSends === 'never' || windowIsOver(message, now, settings))
    return unclear('an earlier attempt was not answered in time to try again safely.');
  return undefined;
}

/** An epoch that may have left is tried again as it is while the provider remembers it; else a new one begins. */
function claimedAgain(message: OutboundMessage, { token, now }: Attempt, settings: SmsSettings): OutboundMessage {
  const claimed = { ...released(message), claimToken: token, claimUntil: now + settings.lease };
  if (message.ambiguousEpoch === message.epoch && !windowIsOver(message, now, settings)) return claimed;
  return { ...claimed, epoch: message.epoch + 1, firstSentAt: now - settings.firstSentMargin };
}

const maxAges: Readonly<Record<Purpose, 'replyMaxAge' | 'messageMaxAge' | 'confirmationMaxAge'>> = {
  answer: 'replyMaxAge',
  help: 'replyMaxAge',
  call: 'replyMaxAge',
  'start-confirmation': 'replyMaxAge',
  'stop-confirmation': 'confirmationMaxAge',
  agent: 'messageMaxAge',
};

const maxAge = (purpose: Purpose, settings: SmsSettings): number => settings[maxAges[purpose]];

const firstWait = 5_000;
const longestWait = 60_000;

/** 5 s, doubled each time up to a minute, more or less a fifth: a provider that was down is not met by all at once. */
const backoff = (attempts: number, jitter: number): number =>
  Math.round(Math.min(firstWait * 2 ** (attempts - 1), longestWait) * (0.8 + 0.4 * jitter));

const inWords = (ms: number): string => (ms >= 3_600_000 ? `${ms / 3_600_000} h` : `${ms / 60_000} min`);
