import { describe, expect, test } from 'vitest';
import { consentChangeView, conversationView } from '../../shared/conversations/conversationView.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { entryView } from '../../shared/conversations/entryView.ts';
import { conversationIdOf, entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { aHead, anOutbound, local, subscriber, testSettings } from '../support/smsValues.ts';

const now = Date.parse('2026-11-24T02:00:00.000Z');
const id = conversationIdOf(testSettings.conversationKey, local, subscriber);
const at = ticksOf(now);

describe('a conversation', () => {
  test('is shown with whole numbers and instants', () => {
    expect(conversationView(id, aHead({ last: at, lastInbound: at }), now)).toEqual({
      id,
      service: '+14255550100',
      subscriber: '+14255550101',
      lastAt: '2026-11-24T02:00:00.000Z',
      preview: 'hours',
      unread: true,
      flags: [],
      flagged: [],
      mode: 'bot',
      consent: 'given',
    });
  });

  test.each([
    ['is the agent’s until the hold ends', now + 1, { mode: 'agent', modeUntil: '2026-11-24T02:00:00.001Z' }],
    ['is the bot’s from then on', now, { mode: 'bot', modeUntil: undefined }],
  ])('%s', (_, modeUntil, shown) => {
    expect(conversationView(id, aHead({ mode: 'agent', modeUntil }), now)).toMatchObject(shown);
  });

  test('that was read to the end is not unread, and one whose subscriber said STOP is revoked', () => {
    const head = aHead({ lastInbound: at, readTo: at, stopAt: at });
    expect(conversationView(id, head, now)).toMatchObject({
      unread: false,
      consent: 'revoked',
      readTo: '2026-11-24T02:00:00.000Z',
    });
  });

  test('keeps to itself what its changes of consent rest on', () => {
    const change = { consent: 'revoked', at, by: 'subscriber', reason: 'STOP', source: 'm1' } as const;
    expect(consentChangeView(change)).toEqual({
      consent: 'revoked',
      at: '2026-11-24T02:00:00.000Z',
      by: 'subscriber',
      reason: 'STOP',
    });
  });
});

describe('an outbound message', () => {
  const shown = (columns: Partial<OutboundMessage>) => entryView(anOutbound(columns));
  test.each<[string, Partial<OutboundMessage>, Record<string, unknown>]>([
    ['that waits says until when', { nextTryAt: now }, { status: 'queued', nextTryAt: '2026-11-24T02:00:00.000Z' }],
    [
      'that is being sent waits for nothing',
      { claimToken: 't', nextTryAt: now },
      { status: 'sending', nextTryAt: undefined },
    ],
    [
      'that was accepted says when',
      { acceptedAt: now },
      { status: 'accepted', acceptedAt: '2026-11-24T02:00:00.000Z' },
    ],
    [
      'that failed says why',
      { endedAs: 'failed', endReason: 'Not a number.', endCode: '400' },
      { status: 'failed', reason: 'Not a number.', reasonCode: '400' },
    ],
    [
      'that the carrier failed says what the carrier said',
      {
        acceptedAt: now,
        endedAs: 'unknown',
        endReason: 'No answer.',
        undeliveredAt: now,
        undeliveredReason: 'Unreachable.',
      },
      { status: 'failed', reason: 'Unreachable.', reasonCode: undefined },
    ],
    [
      'that was delivered after all has no reason left',
      { endedAs: 'unknown', endReason: 'No answer.', deliveredAt: now },
      { status: 'delivered', reason: undefined, deliveredAt: '2026-11-24T02:00:00.000Z' },
    ],
    ['that nobody sent anew says so', {}, { resends: 0 }],
    ['that was sent anew says how often', { resends: 2 }, { resends: 2 }],
  ])('%s', (_, columns, view) => {
    const all = new Map<string, unknown>(Object.entries(shown(columns)));
    expect(Object.fromEntries(Object.keys(view).map((name) => [name, all.get(name)]))).toEqual(view);
  });

  test('keeps claims, epochs and the provider’s id to itself', () => {
    const names = Object.keys(shown({ claimToken: 't', claimUntil: now, providerId: 'p' }));
    expect(names.filter((name) => /claim|epoch|provider|firstSent/i.test(name))).toEqual([]);
  });
});

test('an inbound message is shown with its keyword', () => {
  const key = entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId: 'm1' }));
  const message = {
    direction: 'inbound',
    key,
    at,
    text: 'STOP',
    messageId: 'm1',
    receivedAt: now,
    keyword: 'stop',
  } as const;
  expect(entryView(message)).toEqual({
    id: key,
    type: 'message',
    direction: 'inbound',
    at: '2026-11-24T02:00:00.000Z',
    text: 'STOP',
    keyword: 'stop',
    suggestsStop: false,
  });
});
