import { describe, expect, test } from 'vitest';
import type { OutboundMessage, Purpose } from '../../shared/conversations/entry.ts';
import type { Head } from '../../shared/conversations/head.ts';
import { statusOf } from '../../shared/conversations/status.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { afterRefusal, resume, windowIsOver } from '../../shared/sms/sendPolicy.ts';
import type { SendOutcome } from '../../shared/sms/smsSender.ts';
import { aHead, anOutbound, testSettings } from '../support/smsValues.ts';

const start = 1_795_485_600_000;
const attempt = (now: number) => ({ token: 'new', now });
const lapsed = { claimToken: 'old', claimUntil: start - 1 };
const waiting = { claimToken: undefined, claimUntil: undefined };
const message = (columns: Partial<OutboundMessage> = {}) => anOutbound({ at: ticksOf(start), ...columns });
const stopped: Partial<Head> = { stopAt: ticksOf(start) };

describe('resuming', () => {
  test.each<[string, Partial<OutboundMessage>, string]>([
    ['accepted', { acceptedAt: start }, 'finished'],
    ['reported, though never marked accepted', { deliveredAt: start }, 'finished'],
    ['ended', { endedAs: 'failed' }, 'finished'],
    ['held by a process that lives', { claimToken: 'old', claimUntil: start + 1 }, 'leased'],
    ['held by this very attempt, whose answer was lost', { claimToken: 'new', claimUntil: start + 1 }, 'ours'],
    ['waiting for a later wake', { ...waiting, nextTryAt: start + 15_001 }, 'waiting'],
    ['waiting for this wake, on a clock that is behind', { ...waiting, nextTryAt: start + 14_999 }, 'send'],
    ['given up by its holder', lapsed, 'send'],
  ])('a message %s', (_, columns, type) => {
    expect(resume(message(columns), aHead(), attempt(start), testSettings).type).toBe(type);
  });

  test('a lapsed claim may have sent, so its epoch goes on', () => {
    const next = resume(
      message({ ...lapsed, epoch: 1, firstSentAt: start - 40_000 }),
      aHead(),
      attempt(start),
      testSettings,
    );
    expect(next).toMatchObject({
      type: 'send',
      message: {
        epoch: 1,
        firstSentAt: start - 40_000,
        ambiguousEpoch: 1,
        claimToken: 'new',
        claimUntil: start + 35_000,
      },
    });
  });

  test('an attempt that was refused is followed by a new epoch with a first-sent time of its own', () => {
    const next = resume(message({ ...waiting, nextTryAt: start, attempts: 1 }), aHead(), attempt(start), testSettings);
    expect(next).toMatchObject({ type: 'send', message: { epoch: 2, firstSentAt: start - 10_000, ambiguousEpoch: 0 } });
    expect(next.type === 'send' && next.message.nextTryAt).toBeUndefined();
  });

  test.each<['never' | 'window' | 'always', number, string, object]>([
    ['window', 269_999, 'send', { epoch: 1 }],
    ['window', 270_001, 'end', { endedAs: 'unknown', endCode: 'unclear' }],
    ['never', 1_000, 'end', { endedAs: 'unknown', endCode: 'unclear' }],
    ['always', 269_999, 'send', { epoch: 1 }],
    ['always', 270_001, 'send', { epoch: 2, ambiguousEpoch: 1 }],
  ])('with AMBIGUOUS_SENDS=%s, an epoch that may have left %d ms ago: %s', (ambiguousSends, age, type, expected) => {
    const doubtful = message({ ...waiting, ambiguousEpoch: 1, firstSentAt: start - age });
    const next = resume(doubtful, aHead(), attempt(start), { ...testSettings, ambiguousSends });
    expect(next).toMatchObject({ type, message: expected });
  });

  test.each<[Purpose, string, Partial<Head>, string | undefined]>([
    ['answer', 'after STOP', stopped, 'opted-out'],
    ['agent', 'after STOP', stopped, 'opted-out'],
    ['start-confirmation', 'after STOP', stopped, 'opted-out'],
    ['stop-confirmation', 'after STOP', stopped, undefined],
    ['help', 'after STOP', stopped, undefined],
    ['stop-confirmation', 'after START', {}, 'opted-in-again'],
    ['answer', 'while an agent has it', { mode: 'agent', modeUntil: start + 1 }, 'taken-over'],
    ['answer', 'once the agent’s hold is over', { mode: 'agent', modeUntil: start }, undefined],
    ['help', 'while an agent has it', { mode: 'agent', modeUntil: start + 1 }, undefined],
    ['agent', 'while an agent has it', { mode: 'agent', modeUntil: start + 1 }, undefined],
  ])('a %s message %s', (purpose, _, head, code) => {
    const next = resume(message({ ...waiting, purpose }), aHead(head), attempt(start), testSettings);
    expect(next.type === 'end' ? next.message.endCode : undefined).toBe(code);
  });

  test.each<[Purpose, number]>([
    ['answer', 1_800_000],
    ['help', 1_800_000],
    ['stop-confirmation', 300_000],
    ['agent', 86_400_000],
  ])('a %s message is not sent after %d ms', (purpose, age) => {
    const head = aHead(purpose === 'stop-confirmation' ? stopped : {});
    const at = (ms: number) => resume(message({ ...waiting, purpose }), head, attempt(start + ms), testSettings).type;
    expect([at(age), at(age + 1)]).toEqual(['send', 'end']);
  });

  test('what ends is unknown if it may have left, and failed if every attempt was refused', () => {
    const end = (columns: Partial<OutboundMessage>) =>
      resume(message(columns), aHead(stopped), attempt(start), testSettings);
    expect(end(lapsed)).toMatchObject({ type: 'end', message: { endedAs: 'unknown' } });
    expect(end(waiting)).toMatchObject({ type: 'end', message: { endedAs: 'failed' } });
  });
});

describe('after an attempt', () => {
  const refused: SendOutcome = { type: 'refused', code: 'recipient-400', reason: 'Bad number.', optedOut: false };
  const forNow: SendOutcome = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' };
  const ambiguous: SendOutcome = { type: 'ambiguous', reason: 'no answer' };
  const windowOver: SendOutcome = { type: 'window-over', reason: 'too old' };
  const held = { claimToken: 'new', claimUntil: start + 35_000 };

  test.each<[string, Partial<OutboundMessage>, Exclude<SendOutcome, { type: 'accepted' }>, object]>([
    ['refused', {}, refused, { endedAs: 'failed', endCode: 'recipient-400', endReason: 'Bad number.' }],
    ['refused, after one that may have left', { ambiguousEpoch: 1 }, refused, { endedAs: 'unknown' }],
    ['refused for now', {}, forNow, { nextTryAt: start + 5_000, ambiguousEpoch: 0 }],
    ['refused for now, after one that may have left', { ambiguousEpoch: 1 }, forNow, { ambiguousEpoch: 1 }],
    ['told how long to wait', {}, { ...forNow, retryAfter: 90_000 }, { nextTryAt: start + 90_000 }],
    ['unclear', {}, ambiguous, { nextTryAt: start + 5_000, ambiguousEpoch: 1 }],
    ['forgotten though it never may have left', {}, windowOver, { nextTryAt: start + 5_000, ambiguousEpoch: 0 }],
    ['forgotten though it may have left', { ambiguousEpoch: 1 }, windowOver, { endedAs: 'unknown' }],
  ])('%s', (_, columns, outcome, expected) => {
    const judged = afterRefusal(message({ ...held, ...columns }), outcome, { now: start, jitter: 0.5 }, testSettings);
    expect(judged).toMatchObject(expected);
    expect(judged.claimToken).toBeUndefined();
    expect(judged.attempts).toBe(1);
    expect(statusOf(judged)).not.toBe('sending');
  });

  test('an unclear send is left unknown at once where ids are not honoured', () => {
    const judged = afterRefusal(
      message(held),
      ambiguous,
      { now: start, jitter: 0.5 },
      { ...testSettings, ambiguousSends: 'never' },
    );
    expect(judged).toMatchObject({ endedAs: 'unknown', endCode: 'unclear' });
  });

  test('the wait doubles up to a minute and is spread by a fifth', () => {
    const wait = (attempts: number, jitter: number) =>
      (afterRefusal(message({ ...held, attempts }), forNow, { now: 0, jitter }, testSettings).nextTryAt ?? 0) / 1_000;
    expect([0, 1, 2, 3, 4, 9].map((attempts) => wait(attempts, 0.5))).toEqual([5, 10, 20, 40, 60, 60]);
    expect([wait(0, 0), wait(0, 1)]).toEqual([4, 6]);
  });
});

test('only an epoch that may have left has a window that can be over', () => {
  const old = { firstSentAt: start - 300_000 };
  expect(windowIsOver(message({ ...old, ambiguousEpoch: 1 }), start, testSettings)).toBe(true);
  expect(windowIsOver(message(old), start, testSettings)).toBe(false);
  expect(windowIsOver(message({ ...old, ambiguousEpoch: 1, epoch: 2 }), start, testSettings)).toBe(false);
});
