import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { repeatKeyOf } from '../../../local/acs/repeatability.ts';
import { compact } from '../../../local/carrier/compact.ts';
import type { AcceptedText, Fact } from '../../../local/carrier/facts.ts';
import { type Ledger, openLedger } from '../../../local/carrier/ledger.ts';
import type { PhoneNumber } from '../../../shared/core/phoneNumbers.ts';

const minute = 60_000;
const service = '+18005550100' as PhoneNumber;
const subscribers = ['+14255550123', '+14255550124'] as PhoneNumber[];
const ids = ['793402d5-4941-41ca-bea9-aea0ee32c183', '793402d5-4941-41ca-bea9-aea0ee32c184', undefined];

interface Drawn {
  readonly type: Fact['type'];
  readonly subscriber: PhoneNumber;
  readonly id: string | undefined;
  readonly which: number;
}

/** A fact as it may follow those before it, the n-th in the n-th minute. */
function factOf({ type, subscriber, id, which }: Drawn, before: readonly Fact[]): Fact | undefined {
  const at = before.length * minute;
  const key = repeatKeyOf({ to: subscriber, ...(id !== undefined && { repeatabilityRequestId: id }) });
  switch (type) {
    case 'carried':
      return { type, key };
    case 'answered':
      return {
        type,
        answered: {
          key,
          payload: '',
          firstSent: at,
          result: { to: subscriber, httpStatusCode: 202, successful: true },
        },
      };
    case 'accepted':
      return { type, text: aText({ messageId: `m${at}`, to: subscriber, repeatabilityId: id, acceptedAt: at }) };
    case 'settled': {
      const texts = before.filter((fact) => fact.type === 'accepted');
      const text = texts[which % texts.length];
      return text && { type, messageId: text.text.messageId };
    }
    case 'received': {
      const receivedTimestamp = new Date(at).toISOString();
      return { type, text: { messageId: `i${at}`, from: subscriber, to: service, message: 'hi', receivedTimestamp } };
    }
    case 'told':
      return { type, notice: { from: service, to: subscriber, message: 'told', sentAt: at } };
    default:
      return { type, service, subscriber };
  }
}

const aText = (some: Partial<AcceptedText>): AcceptedText => ({
  messageId: 'm',
  from: service,
  to: subscribers[0]!,
  message: 'hello',
  acceptedAt: 0,
  fate: { end: 'delivered', details: '', at: 0, reports: 1 },
  ...some,
});

const types = ['carried', 'answered', 'accepted', 'settled', 'received', 'told', 'blocked', 'lifted'] as const;
const aHistory = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      subscriber: fc.constantFrom(...subscribers),
      id: fc.constantFrom(...ids),
      which: fc.nat(),
    }),
    { maxLength: 60 },
  )
  .map((drawn) => {
    const facts: Fact[] = [];
    for (const one of drawn) facts.push(...[factOf(one, facts) ?? []].flat());
    return facts;
  });

function told(facts: readonly Fact[]): Ledger {
  const ledger = openLedger({ now: 0, window: 0 });
  for (const fact of facts) ledger.record(fact);
  return ledger;
}

const keys = subscribers.flatMap((to) =>
  ids.map((id) => repeatKeyOf({ to, ...(id && { repeatabilityRequestId: id }) })),
);
const blocksIn = (ledger: Ledger) => subscribers.map((subscriber) => ledger.isBlocked(service, subscriber));
const unsettledIn = (ledger: Ledger) => ledger.accepted().filter(({ messageId }) => !ledger.isSettled(messageId));
const settledIn = (ledger: Ledger) => ledger.accepted().filter(({ messageId }) => ledger.isSettled(messageId));

test('a young journal says after a start all that it said before', () => {
  const all = (ledger: Ledger) => ({
    accepted: ledger.accepted(),
    unsettled: unsettledIn(ledger),
    notices: ledger.notices(),
    carried: keys.map(ledger.carried),
    answered: keys.map(ledger.answered),
    blocks: blocksIn(ledger),
    lastReceived: ledger.lastReceived(),
  });
  fc.assert(
    fc.property(aHistory, (facts) => {
      const compacted = compact(facts, { now: facts.length * minute, window: 60 * minute });
      expect(all(told(compacted))).toEqual(all(told(facts)));
    }),
  );
});

test('an old one keeps what is still needed, the last of the rest, and no more', () => {
  const kept = 3;
  const window = 5 * minute;
  fc.assert(
    fc.property(aHistory, (facts) => {
      const now = facts.length * minute;
      const compacted = compact(facts, { now, window, kept });
      const [before, after] = [told(facts), told(compacted)];
      expect(unsettledIn(after)).toEqual(unsettledIn(before));
      expect(settledIn(after)).toEqual(settledIn(before).slice(-kept));
      expect(after.notices()).toEqual(before.notices().slice(-kept));
      expect(blocksIn(after)).toEqual(blocksIn(before));
      expect(after.lastReceived()).toEqual(before.lastReceived());
      for (const key of keys) {
        const answered = before.answered(key);
        const isKnown = answered !== undefined && now - answered.firstSent <= window;
        expect(after.answered(key)).toEqual(isKnown ? answered : undefined);
        if (isKnown) expect(after.carried(key)).toBe(before.carried(key));
      }
      expect(compact(compacted, { now, window, kept })).toEqual(compacted);
    }),
  );
});

test('the file holds the last thousand texts, however many there were, from the next start on', () => {
  const directory = mkdtempSync(join(tmpdir(), 'carrier-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const options = { path: join(directory, 'acs.jsonl'), now: 0, window: minute };
  const ledger = openLedger(options);
  for (let n = 1; n <= 1_100; n += 1) {
    const repeatabilityId = `id-${n}`;
    ledger.record({
      type: 'carried',
      key: repeatKeyOf({ to: subscribers[0]!, repeatabilityRequestId: repeatabilityId }),
    });
    ledger.record({ type: 'accepted', text: aText({ messageId: `m${n}`, repeatabilityId }) });
    if (n !== 7) ledger.record({ type: 'settled', messageId: `m${n}` });
  }
  ledger.close();
  const again = openLedger(options);
  again.close();
  expect(
    again
      .accepted()
      .map(({ messageId }) => messageId)
      .slice(0, 2),
  ).toEqual(['m7', 'm101']);
  expect(again.accepted()).toHaveLength(1_001);
  expect(readFileSync(options.path, 'utf8').trimEnd().split('\n')).toHaveLength(3 * 1_001 - 1);
});
