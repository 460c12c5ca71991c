import { expect, test } from 'vitest';
import { ApiError } from '../../console/src/api/client.ts';
import { adviceOn, adviceOnProblem, faultOf } from '../../console/src/timeline/advice.ts';
import {
  callReason,
  callTitle,
  canResend,
  heardWords,
  outcomeWords,
  statusWords,
  stepWords,
  troubleOf,
} from '../../console/src/timeline/words.ts';
import { callOutcomes } from '../../shared/conversations/callEntry.ts';
import { statuses } from '../../shared/conversations/status.ts';
import { problemCodes } from '../../shared/http/problem.ts';
import { endCodes } from '../../shared/sms/endCodes.ts';

const sentence = /^[A-Z].*\.$/;

test.each([...endCodes, 'request-400', 'recipient-404', undefined] as const)(
  'who reads that a text ended with %s is told what to do',
  (code) => {
    expect(adviceOn(code)).toMatch(sentence);
  },
);

test.each(problemCodes)('who asks for something and meets %s is told what to do', (code) => {
  expect(adviceOnProblem(code)).toMatch(sentence);
});

test('a code without words has none, so that the tables above can fail', () => {
  expect([adviceOn('no-such-code'), adviceOnProblem('no-such-code')]).toEqual([undefined, undefined]);
});

test.each(statuses)('a text that is %s is said to be so in words', (status) => {
  expect(statusWords({ status })).toMatch(/^[a-z ]+ ?✓?$/);
  const trouble = troubleOf({ status, reason: 'The phone could not be reached (4006).' });
  expect(trouble === undefined).toBe(!['failed', 'unknown'].includes(status));
});

test.each(callOutcomes)('a call that ended as %s is said to have in words', (outcome) => {
  expect(outcomeWords(outcome)).toMatch(/^[a-z ]+$/);
});

test.each([
  [
    { status: 'failed', reason: 'No.', reasonCode: 'expired' },
    { why: 'No.', what: adviceOn('expired') },
  ],
  // What may have left asks for the same care whatever it ended for.
  [
    { status: 'unknown', reason: 'No.', reasonCode: 'expired' },
    { why: 'No.', what: adviceOn('unclear') },
  ],
  [{ status: 'failed' }, { why: 'Nobody could tell why.', what: adviceOn(undefined) }],
  [{ status: 'delivered' }, undefined],
] as const)('%j: why, and what to do', (entry, told) => {
  expect(troubleOf(entry)).toEqual(told);
});

test('only what we sent and is not known to have arrived can be sent anew', () => {
  const entry = { id: 'e', type: 'message', at: '', text: '' } as const;
  const can = statuses.filter((status) => canResend({ ...entry, direction: 'outbound', status }));
  expect(can.toSorted()).toEqual(['failed', 'unknown']);
  expect(canResend({ ...entry, direction: 'inbound' })).toBe(false);
});

test('a call is told in words', () => {
  expect(callTitle({ direction: 'inbound' })).toBe('Call: under way');
  expect(callTitle({ direction: 'outbound', outcome: 'missed' })).toBe('Call by the bot: missed');
  expect(callReason({ outcome: 'redirected', reason: '+14255550199' })).toBe('It went on to +14255550199.');
  expect(callReason({ outcome: 'rejected', reason: 'forbidden' })).toBe('Because the playbook blocks the number.');
  expect(callReason({ outcome: 'failed', reason: 'The line broke.' })).toBe('The line broke.');
  expect(callReason({ outcome: 'voicemail', reason: 'The conversation has ended.' })).toBeUndefined();
  expect(['orderReady', 'pick-up_2'].map(stepWords)).toEqual(['order ready', 'pick up 2']);
  expect(['1', '42#', 'link', '4 of them'].map(heardWords)).toEqual([
    'pressed 1',
    'pressed 42#',
    'said “link”',
    'said “4 of them”',
  ]);
});

test.each([
  [
    new ApiError(409, { code: 'opted-out', detail: 'They opted out.' }),
    `They opted out. ${adviceOnProblem('opted-out')}`,
  ],
  [new ApiError(400, { code: 'invalid-input', detail: 'text is empty' }), 'text is empty. Change it, and try again.'],
  [new TypeError('Failed to fetch'), 'The app could not be reached.'],
  [new Error('Your sign-in has run out. Sign in again.'), 'Your sign-in has run out. Sign in again.'],
])('%s is told in words', (error, words) => {
  expect(faultOf(error)).toBe(words);
});
