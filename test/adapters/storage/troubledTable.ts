import type { EntityTable, TransactResult } from '../../../shared/adapters/storage/entityTable.ts';
import { AppError } from '../../../shared/core/errors.ts';

/** What befalls a write: `fail` refuses it, `lose` does it and loses the answer, `echo` does it and then once more, as the SDK does when an answer is lost. */
export const faults = ['none', 'fail', 'lose', 'echo'] as const;
export type Fault = (typeof faults)[number];

/** Every request waits for `turn` before its effect and before its answer. */
export function troubledTable(
  table: EntityTable,
  nextFault: () => Fault,
  turn: () => Promise<unknown> = async () => {},
): EntityTable {
  return {
    ...table,
    async get(key) {
      await turn();
      const read = await table.get(key);
      await turn();
      return read;
    },
    async transact(partition, operations): Promise<TransactResult> {
      const fault = nextFault();
      await turn();
      if (fault === 'fail') throw new AppError('storage-failed', 'The table does not answer.');
      const first = await table.transact(partition, operations);
      await turn();
      if (fault === 'lose') throw new AppError('storage-failed', 'The answer was lost.');
      return fault === 'echo' ? table.transact(partition, operations) : first;
    },
  };
}
