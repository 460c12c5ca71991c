import type { Timeline } from '../../conversations/timeline.ts';
import type { EntityTable } from './entityTable.ts';
import { consentChangeOf, entryOf } from './rows.ts';

const historyPage = 1_000;

/** Reads a conversation's rows back in their order, which is latest first. */
export const timeline = (table: EntityTable): Timeline => ({
  async entries(id, size, cursor) {
    const page = await table.query({ partition: id, from: 'e', below: 'f' }, size, cursor);
    return { items: page.entities.map(entryOf), cursor: page.cursor };
  },
  async consentHistory(id) {
    const changes = [];
    let cursor: string | undefined;
    do {
      const page = await table.query({ partition: id, from: 'c', below: 'd' }, historyPage, cursor);
      changes.push(...page.entities.map(consentChangeOf));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return changes;
  },
});
