import { describe, expect, test } from 'vitest';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import type { Flag } from '../../shared/conversations/flags.ts';
import { flagFor } from '../../shared/sms/flagFor.ts';
import { anOutbound } from '../support/smsValues.ts';

type Asked = Flag | undefined;

describe('a message that failed', () => {
  test.each<[string, Asked, Asked]>([
    ['request-400', 'failed', 'failed'],
    ['gave-up', 'failed', 'failed'],
    ['subscriber-limit', 'failed', 'failed'],
    ['daily-limit', 'failed', 'failed'],
    ['expired', 'too-old', 'failed'],
    ['opted-out', undefined, 'failed'],
    ['opted-in-again', undefined, undefined],
    ['taken-over', undefined, undefined],
    ['erased', undefined, undefined],
    ['country-not-allowed', undefined, undefined],
    ['number-type-not-allowed', undefined, undefined],
    ['not-textable', undefined, undefined],
  ])('with %s asks for %s if it is automatic, for %s if an agent wrote it', (endCode, automatic, agents) => {
    const failed = { endedAs: 'failed', endCode } as const;
    expect(flagFor(anOutbound(failed))).toBe(automatic);
    expect(flagFor(anOutbound({ ...failed, purpose: 'agent' }))).toBe(agents);
  });
});

test.each<[string, Partial<OutboundMessage>, Asked]>([
  ['waits', {}, undefined],
  ['was accepted', { acceptedAt: 1 }, undefined],
  ['may have left', { endedAs: 'unknown', endCode: 'unclear' }, 'unknown'],
  ['may have left before STOP ended it', { endedAs: 'unknown', endCode: 'opted-out' }, 'unknown'],
  ['may have left and was erased', { endedAs: 'unknown', endCode: 'erased' }, undefined],
  ['was not delivered', { acceptedAt: 1, undeliveredAt: 2 }, 'failed'],
  [
    'was not delivered, whatever it ended for',
    { endedAs: 'unknown', endCode: 'taken-over', undeliveredAt: 2 },
    'failed',
  ],
  ['was delivered after all', { undeliveredAt: 1, deliveredAt: 2 }, undefined],
  ['was sent anew', { endedAs: 'failed', endCode: 'request-400', resends: 1 }, undefined],
])('a message that %s asks for its flag', (_, columns, flag) => {
  expect(flagFor(anOutbound(columns))).toBe(flag);
});

test.each<[OutboundMessage['purpose'], Asked]>([
  ['answer', undefined],
  ['agent', 'failed'],
])('a message (%s) that was blocked because the subscriber has opted out', (purpose, flag) => {
  const refused = { endedAs: 'failed', endCode: 'recipient-400' } as const;
  expect(flagFor(anOutbound({ purpose, ...refused }), true)).toBe(flag);
  expect(flagFor(anOutbound({ purpose, undeliveredAt: 1 }), true)).toBe(flag);
});
