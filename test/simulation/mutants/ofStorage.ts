import type { EntityTable, Operation } from '../../../shared/adapters/storage/entityTable.ts';
import { ticksOf } from '../../../shared/core/time.ts';
import { type Doomed, leaving, left, ofStore, ofWrites } from './doomed.ts';

const withoutETag = (operation: Operation): Operation => {
  if (operation.type !== 'replace') return operation;
  const { etag: _, ...blind } = operation;
  return blind;
};

const isInboxRow = ({ row }: Operation): boolean => /^\d/.test(row);

/** Keys, transactions and ETags. */
export const mutantsOfStorage = {
  keysFromTheClock: {
    name: 'a reply’s key made from the clock and not from its text',
    profile: 'low',
    breaks: 'no text is kept twice',
    within: 300,
    useCases: ({ receiveSms }) => ({
      receiveSms: (sms, services) => receiveSms({ ...sms, at: ticksOf(services.clock.now()) }, services),
    }),
  },
  mergeThatMakes: {
    name: 'a merge that makes the row which it does not find',
    profile: 'low',
    breaks: 'nothing comes out of nowhere',
    within: 1_000,
    table: (table) => ({
      ...table,
      async transact(partition, operations) {
        const result = await table.transact(partition, operations);
        if (result.type === 'done' || operations.length > 1 || operations[0]?.type !== 'merge') return result;
        return table.transact(partition, [{ ...operations[0], type: 'upsert' }]);
      },
    }),
  },
  lastReportWins: {
    name: 'a report that is believed because it came last',
    profile: 'mid',
    breaks: 'a status only moves forward',
    within: 2_000,
    services: ofStore((store) => ({
      async learn(id, key, facts) {
        const entry = await store.entry(id, key);
        if (entry?.value.direction !== 'outbound') return false;
        const forgotten =
          !('undeliveredAt' in facts) || facts.undeliveredAt === undefined ? {} : { deliveredAt: undefined };
        const value = { ...entry.value, ...facts, ...forgotten };
        return (await store.judge(id, { value, etag: entry.etag })) !== undefined;
      },
    })),
  },
  headWithoutETag: {
    name: 'a head that is written without its ETag',
    profile: 'mid',
    breaks: 'consent is the latest word, by the service’s time',
    within: 2_000,
    table: ofWrites((operation) => (operation.row === 'head' ? withoutETag(operation) : operation)),
  },
  judgementWithoutETag: {
    name: 'a judgement that is written without the claim’s ETag',
    profile: 'mid',
    breaks: 'a status only moves forward',
    within: 2_000,
    table: ofWrites((operation) => (operation.row === 'head' ? operation : withoutETag(operation))),
  },
  moveOrNothing: {
    name: 'an inbox row that is moved in one blind transaction or not at all',
    profile: 'mid',
    breaks: 'the inbox shows the conversation where its head says',
    within: 6_000,
    table: onlyOnce,
  },
  existsMeansDone: {
    name: 'an entry that exists, taken for one that is done with',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 500,
    services: ofStore(
      (store) => ({
        async commit(change) {
          const result = await store.commit(change);
          return result.type === 'entry-exists' ? leaving() : result;
        },
      }),
      ['receiveSms'],
    ),
    useCases: ({ receiveSms }) => ({ receiveSms: left(receiveSms) }),
  },
  acknowledgedFirst: {
    name: 'an event that is acknowledged before it is kept',
    profile: 'mid',
    breaks: 'every text is kept, at its own time',
    within: 300,
    useCases: ({ receiveSms }) => ({
      async receiveSms(sms, services) {
        void receiveSms(sms, services).catch(() => {});
      },
    }),
  },
  errorsPassedOver: {
    name: 'a failure of storage that is passed over once the text is kept',
    profile: 'mid',
    breaks: 'every message comes to an end',
    within: 1_000,
    services: (services) => ({
      ...services,
      store: { ...services.store, learn: (...given) => services.store.learn(...given).catch(() => true) },
      wakes: { ...services.wakes, arm: (...given) => services.wakes.arm(...given).catch(() => {}) },
    }),
  },
} as const satisfies Readonly<Record<string, Doomed>>;

/** What failed because the old row was gone is not done without it. */
function onlyOnce(table: EntityTable): EntityTable {
  let failed = false;
  return {
    ...table,
    async transact(partition, operations) {
      if (failed && operations.length === 1 && operations.every(isInboxRow))
        return { type: 'done', etags: [undefined] };
      const result = await table.transact(partition, operations);
      failed = result.type === 'failed' && operations.length === 2 && operations.every(isInboxRow);
      return result;
    },
  };
}
