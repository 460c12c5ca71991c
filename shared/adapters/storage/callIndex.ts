import type { CallIndex, CallRef } from '../../calls/recordings.ts';
import type { ConversationId, EntryKey } from '../../conversations/keys.ts';
import { digest } from '../../core/hash.ts';
import type { EntityTable } from './entityTable.ts';

/** One partition for each call that is looked for; foreign ids are digested, since they hold whatever they like. */
const partitionOf = (serverCallId: string): string => `s${digest(serverCallId, 16)}`;
const row = 'call';

/** Pointers from the provider's ids of calls to their entries, in the table `calls`. */
export const callIndex = (table: EntityTable): CallIndex => ({
  async remember(serverCallId, { conversation, key }) {
    const operation = { type: 'upsert', row, columns: { conversation, key } } as const;
    await table.transact(partitionOf(serverCallId), [operation]);
  },
  async find(serverCallId): Promise<CallRef | undefined> {
    const found = await table.get({ partition: partitionOf(serverCallId), row });
    if (found === undefined) return undefined;
    const { conversation, key } = found.columns;
    return { conversation: conversation as ConversationId, key: key as EntryKey };
  },
});
