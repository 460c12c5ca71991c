import type { Inbox } from '../../conversations/inbox.ts';
import type { InboxKey } from '../../conversations/keys.ts';
import type { EntityTable, Operation } from './entityTable.ts';

/** Inboxes in the table `inbox`: a partition a service number, rows with a key and no columns. */
export const inbox = (table: EntityTable): Inbox => ({
  async move(service, to, from) {
    const set: Operation = { type: 'upsert', row: to, columns: {} };
    const moved = from === undefined || from === to ? [set] : [set, { type: 'delete', row: from } as const];
    const result = await table.transact(service, moved);
    // The old row was moved by somebody else, or by our own write whose answer was lost.
    if (result.type === 'failed') await table.transact(service, [set]);
  },
  async remove(service, key) {
    await table.transact(service, [{ type: 'delete', row: key }]);
  },
  async page(service, size, cursor) {
    const page = await table.query({ partition: service, from: '0', below: ':' }, size, cursor);
    return { items: page.entities.map(({ row }) => row as InboxKey), cursor: page.cursor };
  },
});
