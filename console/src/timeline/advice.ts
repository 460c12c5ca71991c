import { ApiError } from '../api/client.ts';

/** What our own rules refuse, whether an agent asked for it or the bot. */
const refusals = {
  'opted-out': 'Nothing can be sent until they text START. Call them if it matters.',
  'not-textable': 'Reach them some other way.',
  'number-type-not-allowed': 'Reach them some other way.',
  'country-not-allowed': 'Reach them some other way, or ask whoever runs the app to allow the country.',
  'outside-hours': 'Send it within the sending hours.',
  'subscriber-limit': 'Send it later, or put it in fewer words.',
  'daily-limit': 'Send it tomorrow, or ask whoever runs the app to raise the limit.',
} as const;

/** What to do about a text that ended with a code. */
const afterEnding: Readonly<Record<string, string>> = {
  ...refusals,
  unclear: 'Send it anew only if they lack it: ask them, or wait for their answer.',
  expired: 'Send it anew if it still matters.',
  erased: 'Nothing is left to do.',
  'opted-in-again': 'Nothing is left to do.',
  'taken-over': 'Answer it yourself, or hand back to the bot.',
  'reply-budget': 'Answer it yourself if a person is writing: it may be another bot.',
  'gave-up': 'Send it anew. If that fails too, whoever runs the app should look at the log.',
  'recipient-refused': 'See whether the number is right, or reach them some other way.',
  'request-refused': 'Whoever runs the app should look at the log; then send it anew.',
};

/** What to do about a request that was refused with a problem. */
const afterProblem: Readonly<Record<string, string>> = {
  ...refusals,
  'invalid-input': 'Change it, and try again.',
  'too-large': 'Make it shorter, and try again.',
  'unsupported-media-type': 'Reload the page, and try again.',
  unauthenticated: 'Sign in again; what you wrote is kept.',
  forbidden: 'Ask whoever manages sign-in for the role.',
  'scope-not-allowed': 'Ask whoever manages sign-in for the role.',
  'not-found': 'It may have been erased meanwhile.',
  conflict: 'Look at how it stands now.',
  busy: 'Try again in a moment.',
  'idempotency-mismatch': 'Write it anew.',
  'token-limit': 'Try again later.',
  'storage-failed': 'Try again in a moment.',
  unavailable: 'Try again in a moment.',
  'invalid-configuration': 'Tell whoever runs the app.',
  internal: 'Try again; if it stays, tell whoever runs the app.',
};

const undelivered = 'Send it anew later, or reach them some other way.';

/** `request-404`, `recipient-400` and their like bear the provider's status, of which there are many. */
const kindOf = (code: string): string => code.replace(/^(request|recipient)-\d+$/, '$1-refused');

/** What to do about a text that did not leave or arrive; without a code it is the carrier that says so. */
export const adviceOn = (reasonCode: string | undefined): string | undefined =>
  reasonCode === undefined ? undelivered : afterEnding[kindOf(reasonCode)];

/** The same for a problem's code. */
export const adviceOnProblem = (code: string): string | undefined => afterProblem[code];

/** Why something that was asked for did not happen. A request that does not get through is a TypeError (Fetch, §5.6). */
export function reasonOf(error: unknown): string {
  return error instanceof Error && !(error instanceof TypeError) ? error.message : 'The app could not be reached.';
}

/** The same, with what to do. */
export const faultOf = (error: unknown): string =>
  [reasonOf(error), error instanceof ApiError ? adviceOnProblem(error.code) : undefined]
    .filter((words) => words !== undefined)
    .map((words) => words.replace(/[^.!?]$/, '$&.'))
    .join(' ');
