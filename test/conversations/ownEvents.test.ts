import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { conversationIdOf, entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import {
  consentChanged,
  messageReceived,
  messageStatusChanged,
  type OwnEvent,
  withoutText,
} from '../../shared/conversations/ownEvents.ts';
import { asTicks, ticksOf } from '../../shared/core/time.ts';
import { anOutbound, local, subscriber, testSettings, tollFree } from '../support/smsValues.ts';

const now = 1_795_485_600_000;
const partiesOf = (service = local) => ({
  conversation: conversationIdOf(testSettings.conversationKey, service, subscriber),
  service,
  subscriber,
});
const parties = partiesOf();
const inboundOf = (messageId: string, at = ticksOf(now)) => ({
  key: entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId })),
  at,
  text: 'hours',
  keyword: undefined,
});
const revoked = { consent: 'revoked', at: ticksOf(now), by: 'subscriber', source: 'm1' } as const;
const settled: readonly [Partial<OutboundMessage>, string, number][] = [
  [{ acceptedAt: now + 1 }, 'accepted', now + 1],
  [{ acceptedAt: now + 1, deliveredAt: now + 2 }, 'delivered', now + 2],
  [{ acceptedAt: now + 1, undeliveredAt: now + 3, undeliveredReason: '4006' }, 'failed', now + 3],
  [{ endedAs: 'failed', endCode: 'expired', endReason: 'Not sent.' }, 'failed', now],
  [{ endedAs: 'unknown', endCode: 'unclear', endReason: 'It may have left.' }, 'unknown', now],
];

describe('a status', () => {
  test.each(settled)('of %j is told as %s', (columns, status, at) => {
    const told = messageStatusChanged(parties, anOutbound(columns), now);
    expect(told).toMatchObject({ data: { status }, time: new Date(at).toISOString() });
  });

  test.each([{}, { claimToken: 't' }, { nextTryAt: now }])(
    'that nothing of ours keeps from changing is not told: %j',
    (columns) => {
      expect(messageStatusChanged(parties, anOutbound(columns), now)).toBeUndefined();
    },
  );

  test('is told with the reason and the code that the API tells', () => {
    const [judged, reported] = [settled[3], settled[2]].map((row) =>
      messageStatusChanged(parties, anOutbound(row?.[0]), now),
    );
    expect(judged?.data).toMatchObject({ reason: 'Not sent.', reasonCode: 'expired' });
    expect(reported?.data).toMatchObject({ reason: '4006', reasonCode: undefined });
  });
});

describe('ids', () => {
  const told = (): OwnEvent[] => [
    ...settled.slice(0, 3).flatMap(([columns]) => messageStatusChanged(parties, anOutbound(columns), now) ?? []),
    ...['m1', 'm2'].map((id) => messageReceived(parties, inboundOf(id))),
    messageReceived(partiesOf(tollFree), inboundOf('m1')),
    consentChanged(parties, revoked),
    consentChanged(partiesOf(tollFree), revoked),
    consentChanged(parties, { ...revoked, source: 'm2' }),
    consentChanged(parties, { ...revoked, at: asTicks(revoked.at + 1n) }),
  ];
  const ids = () => told().map(({ id }) => id);

  test('are the same when it is told again, later too, and differ by what it is about', () => {
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(ids().length);
    const unknown = anOutbound({ endedAs: 'unknown' });
    const [first, later] = [now, now + 60_000].map((at) => messageStatusChanged(parties, unknown, at));
    expect(later?.id).toBe(first?.id);
  });

  test('of two texts are the same only if the texts are', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.bigInt(0n, 9_999n), fc.bigInt(0n, 9_999n), (a, b, later, evenLater) => {
        const idOf = (id: string, by: bigint) => messageReceived(parties, inboundOf(id, asTicks(ticksOf(now) + by))).id;
        expect(idOf(a, later) === idOf(b, evenLater)).toBe(a === b && later === evenLater);
      }),
    ));

  test('and subjects hold no number', () => {
    for (const { id, subject } of told())
      for (const number of [local, tollFree, subscriber]) expect(`${id} ${subject}`).not.toContain(number.slice(1));
  });
});

test('a change of consent tells who made it, but not which agent', () => {
  expect(consentChanged(parties, { ...revoked, by: 'agent:ada@example.org' }).data.by).toBe('agent');
  expect(consentChanged(parties, revoked)).toMatchObject({ data: { by: 'subscriber', consent: 'revoked' } });
});

test('texts can be left out, and nothing else with them', () => {
  const told = [
    messageReceived(parties, inboundOf('m1')),
    messageStatusChanged(parties, anOutbound({ acceptedAt: 1 }), now)!,
  ];
  for (const event of told) {
    expect(event.data.text).toMatch(/hours|open/);
    const { text: _, ...data } = event.data;
    expect(JSON.parse(JSON.stringify(withoutText(event)))).toEqual(JSON.parse(JSON.stringify({ ...event, data })));
  }
  expect(withoutText(consentChanged(parties, revoked))).toEqual(consentChanged(parties, revoked));
});
