import type { Erasure } from '../../conversations/erasure.ts';
import { atOf, firstKeyAt } from '../../conversations/keys.ts';
import type { Entity, EntityTable, Operation } from './entityTable.ts';
import { requestRowOf } from './rows.ts';

/** As many as one transaction takes (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions). */
const batch = 100;

/** Erasing over the table `conversations`, a hundred rows a transaction. */
export const erasure = (table: EntityTable): Erasure => ({
  async removeEntries(id, upTo) {
    const range = { partition: id, from: firstKeyAt(upTo), below: 'f' };
    for (let page = await table.query(range, batch); page.entities.length > 0; page = await table.query(range, batch))
      await together(
        table,
        id,
        page.entities.map(({ row }) => ({ type: 'delete', row })),
      );
  },

  async stripRequests(id, upTo, now) {
    let latest: number | undefined;
    let cursor: string | undefined;
    do {
      const page = await table.query({ partition: id, from: 'k', below: 'l' }, batch, cursor);
      const erased = page.entities.filter((entity) => atOf(requestRowOf(entity).entry) <= upTo);
      await together(
        table,
        id,
        erased.flatMap((entity) => stripped(entity, now)),
      );
      const ends = erased.map((entity) => requestRowOf(entity).expiresAt).filter((expiresAt) => expiresAt > now);
      latest = ends.reduce<number | undefined>((most, end) => Math.max(most ?? end, end), latest);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return latest;
  },
});

function stripped(entity: Entity, now: number): Operation[] {
  const { row, columns } = entity;
  if (requestRowOf(entity).expiresAt <= now) return [{ type: 'delete', row }];
  const { bodyHash, ...kept } = columns;
  return bodyHash === undefined ? [] : [{ type: 'replace', row, columns: kept }];
}

/** At once; or, where somebody took one of the rows meanwhile, one by one. */
async function together(table: EntityTable, partition: string, operations: readonly Operation[]): Promise<void> {
  if (operations.length === 0) return;
  const result = await table.transact(partition, operations);
  if (result.type === 'done' || operations.length === 1) return;
  for (const operation of operations) await table.transact(partition, [operation]);
}
