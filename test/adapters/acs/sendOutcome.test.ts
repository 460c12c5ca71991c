import { expect, test } from 'vitest';
import { outcomeOfError, outcomeOfResult } from '../../../shared/adapters/acs/sendOutcome.ts';

const to = '+14255550101';
const now = Date.parse('2026-11-24T02:00:00Z');

test.each<[number, boolean, string]>([
  [202, true, 'accepted'],
  [400, false, 'refused'],
  [401, false, 'refused'],
  [404, false, 'refused'],
  [409, false, 'ambiguous'],
  [412, false, 'window-over'],
  [429, false, 'refused-for-now'],
  [500, false, 'ambiguous'],
  [503, false, 'refused-for-now'],
])('a recipient answered %d (successful: %s) is %s', (httpStatusCode, successful, type) => {
  expect(outcomeOfResult({ to, httpStatusCode, successful, messageId: 'm1' }).type).toBe(type);
});

test('an empty answer tells nothing', () => {
  expect(outcomeOfResult(undefined).type).toBe('ambiguous');
});

test.each([
  ['The recipient has opted out.', true],
  ['Sender blocked for given recipient.', true],
  ['Invalid To phone number format.', false],
])('a recipient refused with %j has opted out: %s', (errorMessage, optedOut) => {
  expect(outcomeOfResult({ to, httpStatusCode: 400, successful: false, errorMessage })).toMatchObject({ optedOut });
});

const header = (value: string) => ({ headers: { get: () => value } });

test.each<[object, object]>([
  [
    { statusCode: 400, code: 'BadRequest' },
    { type: 'refused', code: 'request-400' },
  ],
  [{ statusCode: 200 }, { type: 'ambiguous' }],
  [{ statusCode: 204 }, { type: 'ambiguous' }],
  [{ statusCode: 302 }, { type: 'ambiguous' }],
  [{ statusCode: 401 }, { type: 'refused-for-now', alarm: true }],
  [{ statusCode: 403 }, { type: 'refused-for-now', alarm: true }],
  [{ statusCode: 404 }, { type: 'refused-for-now', alarm: true }],
  [{ statusCode: 408 }, { type: 'ambiguous' }],
  [{ statusCode: 409 }, { type: 'ambiguous' }],
  [{ statusCode: 412 }, { type: 'window-over' }],
  [{ statusCode: 429 }, { type: 'refused-for-now', alarm: false, retryAfter: undefined }],
  [{ statusCode: 429, response: header('7') }, { retryAfter: 7_000 }],
  [{ statusCode: 429, response: header('Tue, 24 Nov 2026 02:00:30 GMT') }, { retryAfter: 30_000 }],
  [{ statusCode: 429, response: header('Tue, 24 Nov 2026 01:00:00 GMT') }, { retryAfter: 0 }],
  [{ statusCode: 429, response: header('soon') }, { retryAfter: undefined }],
  [{ statusCode: 500 }, { type: 'ambiguous' }],
  [
    { statusCode: 503, response: header('1') },
    { type: 'refused-for-now', alarm: false, retryAfter: 1_000 },
  ],
  [{ statusCode: 504 }, { type: 'ambiguous' }],
  [{ statusCode: 202, code: 'PARSE_ERROR' }, { type: 'ambiguous' }],
  [{ code: 'ECONNREFUSED' }, { type: 'refused-for-now' }],
  [{ code: 'ENOTFOUND' }, { type: 'refused-for-now' }],
  [{ code: 'ECONNRESET' }, { type: 'ambiguous' }],
  [{ code: 'ETIMEDOUT' }, { type: 'ambiguous' }],
  [{ name: 'AbortError' }, { type: 'ambiguous', reason: 'no answer came in time.' }],
  [{}, { type: 'ambiguous' }],
])('the error %j is %j', (error, outcome) => {
  expect(outcomeOfError(error, now)).toMatchObject(outcome);
});
