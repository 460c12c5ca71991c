import type { Inbox, InboxRow } from '../../conversations/inbox.ts';
import { firstInboxKeyAt, type InboxKey } from '../../conversations/keys.ts';
import type { Page } from '../../conversations/timeline.ts';
import type { EntityTable, Operation, RowRange } from './entityTable.ts';

/** Inboxes in the table `inbox`: a partition a service number, rows with a key and no columns. */
export const inbox = (table: EntityTable): Inbox => ({
  async move(service, to, from) {
    const set: Operation = { type: 'upsert', row: to, columns: {} };
    const moved = from === undefined || from === to ? [set] : [set, { type: 'delete', row: from } as const];
    const result = await table.transact(service, moved);
    // The old row was moved by somebody else, or by our own write whose answer was lost.
    if (result.type === 'failed') await table.transact(service, [set]);
  },
  async touch(service, key) {
    // Merge and never upsert: a row that has moved must not come back.
    await table.transact(service, [{ type: 'merge', row: key, columns: {} }]);
  },
  async remove(service, key) {
    await table.transact(service, [{ type: 'delete', row: key }]);
  },
  page: (service, size, cursor) => rowsFrom(table, { partition: service, from: '0', below: ':' }, size, cursor),
  before: (service, at, size, cursor) =>
    rowsFrom(table, { partition: service, from: firstInboxKeyAt(at), below: ':' }, size, cursor),
});

/** Its rows begin with digits, below which the colon stands next. */
async function rowsFrom(table: EntityTable, range: RowRange, size: number, cursor?: string): Promise<Page<InboxRow>> {
  const page = await table.query(range, size, cursor);
  return {
    items: page.entities.map(({ row, etag }) => ({ key: row as InboxKey, version: etag })),
    cursor: page.cursor,
  };
}
