import { cursorAfter, rowOfCursor } from './cursor.ts';
import { checkKey, checkQuery, checkTransaction } from './entityLimits.ts';
import type { Entity, EntityTable, Operation, TransactResult } from './entityTable.ts';
import { storedColumns } from './storedColumns.ts';

export interface MemoryEntityTable extends EntityTable {
  /** All that is in the table, by partition and row, for whoever checks what must hold across it. */
  entities(): readonly Entity[];
}

type Rows = ReadonlyMap<string, Entity>;
type Refusal = Extract<TransactResult, { type: 'failed' }>['reason'];

/**
 * The port in memory, for simulations: the same answers as the service's, held to it by a differential test. ETags count
 * the writes, so that a run can be repeated. Workers that share storage share the table.
 */
export function memoryEntityTable(): MemoryEntityTable {
  const partitions = new Map<string, Map<string, Entity>>();
  let writes = 0;

  function write(partition: string, operation: Operation, rows: Map<string, Entity>): string | undefined {
    const { row } = operation;
    if (operation.type === 'delete') {
      rows.delete(row);
      return undefined;
    }
    const kept = operation.type === 'merge' ? rows.get(row)?.columns : undefined;
    writes += 1;
    const etag = `W/"${writes}"`;
    rows.set(row, { partition, row, etag, columns: { ...kept, ...storedColumns(operation.columns) } });
    return etag;
  }

  return {
    async get(key) {
      checkKey(key);
      return partitions.get(key.partition)?.get(key.row);
    },

    async transact(partition, operations) {
      checkTransaction(partition, operations);
      const rows = partitions.get(partition) ?? new Map<string, Entity>();
      for (const [index, operation] of operations.entries()) {
        const reason = refusal(operation, rows);
        if (reason) return { type: 'failed', index, reason };
      }
      partitions.set(partition, rows);
      return { type: 'done', etags: operations.map((operation) => write(partition, operation, rows)) };
    },

    async query(range, size, cursor) {
      checkQuery(range, size);
      const after = cursor === undefined ? undefined : rowOfCursor(cursor, range);
      const wanted = ascending(partitions.get(range.partition)).filter(
        ({ row }) => row >= range.from && row < range.below && (after === undefined || row > after),
      );
      const entities = wanted.slice(0, size);
      const last = entities.at(-1);
      return { entities, ...(last && wanted.length > size && { cursor: cursorAfter(last.row) }) };
    },

    entities: () => [...partitions].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => ascending(rows)),
  };
}

/** Why an operation does not hold, judged against the rows as they were before its transaction. */
function refusal(operation: Operation, rows: Rows): Refusal | undefined {
  const present = rows.get(operation.row);
  switch (operation.type) {
    case 'insert':
      return present ? 'exists' : undefined;
    case 'upsert':
      return undefined;
    case 'delete':
      return present ? undefined : 'missing';
    case 'replace':
    case 'merge':
      if (!present) return 'missing';
      return operation.etag === undefined || operation.etag === present.etag ? undefined : 'changed';
  }
}

const ascending = (rows: Rows = new Map()): readonly Entity[] =>
  [...rows.values()].sort((a, b) => (a.row < b.row ? -1 : 1));
