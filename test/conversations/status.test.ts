import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinished, type Status, statusOf } from '../../shared/conversations/status.ts';

type Columns = Parameters<typeof statusOf>[0];

const at = fc.constant(1_000);
const columns: fc.Arbitrary<Columns> = fc.record(
  {
    claimToken: fc.constant('t'),
    nextTryAt: at,
    endedAs: fc.constantFrom('failed' as const, 'unknown' as const),
    acceptedAt: at,
    undeliveredAt: at,
    deliveredAt: at,
  },
  { requiredKeys: [] },
);
const fact: fc.Arbitrary<Columns> = fc.constantFrom({ acceptedAt: 1 }, { undeliveredAt: 1 }, { deliveredAt: 1 });

/** A judgement may be overtaken by any fact; an acceptance by what the carrier reports; a report only by a delivery. */
const forward: Readonly<Record<Status, readonly Status[]>> = {
  queued: ['queued', 'sending', 'unknown', 'failed', 'accepted', 'delivered'],
  sending: ['queued', 'sending', 'unknown', 'failed', 'accepted', 'delivered'],
  unknown: ['unknown', 'failed', 'accepted', 'delivered'],
  failed: ['failed', 'accepted', 'delivered'],
  accepted: ['accepted', 'failed', 'delivered'],
  delivered: ['delivered'],
};

test.each<[Columns, Status]>([
  [{}, 'queued'],
  [{ nextTryAt: 5 }, 'queued'],
  [{ claimToken: 't' }, 'sending'],
  [{ endedAs: 'unknown' }, 'unknown'],
  [{ endedAs: 'failed' }, 'failed'],
  [{ endedAs: 'unknown', acceptedAt: 1 }, 'accepted'],
  [{ claimToken: 't', acceptedAt: 1 }, 'accepted'],
  [{ acceptedAt: 1, undeliveredAt: 2 }, 'failed'],
  [{ undeliveredAt: 2 }, 'failed'],
  [{ claimToken: 't', deliveredAt: 2 }, 'delivered'],
  [{ undeliveredAt: 2, deliveredAt: 1 }, 'delivered'],
])('%j reads as %s', (message, status) => {
  expect(statusOf(message)).toBe(status);
});

test('a fact only moves the status forward', () =>
  fc.assert(
    fc.property(columns, fact, (before, learned) => {
      expect(forward[statusOf(before)]).toContain(statusOf({ ...before, ...learned }));
    }),
  ));

test('facts lead to the same status in whatever order they arrive', () =>
  fc.assert(
    fc.property(
      columns,
      fc.shuffledSubarray([{ acceptedAt: 1 }, { undeliveredAt: 1 }, { deliveredAt: 1 }]),
      (start, facts) => {
        const merged: Columns = Object.assign({}, start, ...facts);
        const other: Columns = Object.assign({}, start, ...facts.toReversed());
        expect(statusOf(merged)).toBe(statusOf(other));
      },
    ),
  ));

test('a message with a fact is finished, whatever else was judged', () =>
  fc.assert(
    fc.property(columns, fact, (before, learned) => {
      expect(isFinished({ ...before, ...learned })).toBe(true);
    }),
  ));
