import type { EntityTable, Operation } from '../../../shared/adapters/storage/entityTable.ts';
import type { AnyHead } from '../../../shared/conversations/head.ts';
import { asTicks, type Ticks, ticksOf } from '../../../shared/core/time.ts';
import { type Doomed, leaving, left, ofStore, ofWrites } from './doomed.ts';

const requestsTakenAway: (table: EntityTable) => EntityTable = ofWrites(
  (operation: Operation): Operation =>
    operation.type === 'replace' && operation.row.startsWith('k') ? { type: 'delete', row: operation.row } : operation,
);

/** What an erase takes away, and what it must not. */
export const mutantsOfErasure = {
  erasedStopIsGone: {
    name: 'a STOP from before an erase, which arrives after it and does not count',
    profile: 'mid',
    breaks: 'every keyword is in the history of consent',
    within: 3_000,
    services: ofStore(
      (store) => ({ commit: async (change) => (change.create === undefined ? leaving() : store.commit(change)) }),
      ['receiveSms'],
    ),
    useCases: ({ receiveSms }) => ({ receiveSms: left(receiveSms) }),
  },
  eraseWithoutWake: {
    name: 'an erase that arms no wake',
    profile: 'mid',
    breaks: 'what was erased stays away',
    within: 4_000,
    services: (services, use) =>
      use === 'eraseConversation' ? { ...services, wakes: { ...services.wakes, arm: async () => {} } } : services,
  },
  erasedUpToNow: {
    name: 'an erase up to now, by a clock that is behind',
    profile: 'mid',
    breaks: 'the head knows its latest entry',
    within: 6_000,
    services: ofStore(
      (store, { clock }) => ({
        commit(change) {
          const { value } = change.head;
          const erasedAt = ticksOf(clock.now());
          if (value.erasedAt === undefined) return store.commit(change);
          return store.commit({ ...change, head: { ...change.head, value: { ...value, last: erasedAt, erasedAt } } });
        },
      }),
      ['eraseConversation'],
    ),
  },
  commitBehindTheErase: {
    name: 'a text that is kept though it was erased before it arrived',
    profile: 'mid',
    breaks: 'what was erased stays away',
    within: 1_000,
    services: ofStore(
      (store) => {
        let erasedAt: Ticks | undefined;
        return {
          async head(id) {
            const head = await store.head(id);
            erasedAt = head?.value.erasedAt;
            return head && { ...head, value: { ...head.value, erasedAt: asTicks(-1n) } };
          },
          commit: ({ head, ...change }) =>
            store.commit({ ...change, head: { ...head, value: { ...head.value, erasedAt } as AnyHead } }),
        };
      },
      ['receiveSms'],
    ),
  },
  requestsErased: {
    name: 'an erase that takes away which requests were made',
    profile: 'mid',
    breaks: 'a request makes at most one message',
    within: 6_000,
    table: (table, use) => (use === 'eraseConversation' || use === 'wakeUp' ? requestsTakenAway(table) : table),
  },
} as const satisfies Readonly<Record<string, Doomed>>;
