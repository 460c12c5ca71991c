import { requestRowOf } from '../../shared/adapters/storage/rows.ts';
import { atOf } from '../../shared/conversations/keys.ts';
import type { Rules } from './outcome.ts';

/** What must be gone once a conversation was erased, whatever died on the way and whatever arrived since. */
export const erasureRules: Rules = {
  *'what was erased stays away'({ erasedAt, inbound, outbound }) {
    for (const { at, text } of [...inbound, ...outbound]) if (at <= erasedAt) yield `“${text}” is there`;
  },

  *'an erase that was answered holds'({ ledger, erasedAt }) {
    for (const told of ledger.erasures) if (told > erasedAt) yield `told of ${told}, the head says ${erasedAt}`;
  },

  *'an erased conversation tells nothing of whose it was'({ head }) {
    if (head === undefined || head.subscriber !== undefined) return;
    const kept = Object.keys(head).filter((name) => !['service', 'stopAt', 'goAt', 'last', 'erasedAt'].includes(name));
    if (kept.length > 0) yield `its head keeps ${kept}`;
  },

  *'a request that is kept tells nothing of what was erased'({ rows, erasedAt }) {
    for (const entity of rows.filter(({ row }) => row.startsWith('k'))) {
      const { entry, bodyHash } = requestRowOf(entity);
      if (bodyHash !== undefined && atOf(entry) <= erasedAt) yield `${entity.row} has a hash of its text`;
    }
  },
};
