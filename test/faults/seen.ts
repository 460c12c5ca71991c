import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import type { Entity, EntityTable } from '../../shared/adapters/storage/entityTable.ts';
import { entryOf, headOf, headRow } from '../../shared/adapters/storage/rows.ts';
import type { CallEntry } from '../../shared/conversations/callEntry.ts';
import { consentOf } from '../../shared/conversations/consent.ts';
import { modeAt } from '../../shared/conversations/head.ts';
import { type ConversationId, conversationOf, type EntryKey, type InboxKey } from '../../shared/conversations/keys.ts';
import { type Status, statusOf } from '../../shared/conversations/status.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks } from '../../shared/core/time.ts';
import { type Ledger, ledger } from '../simulation/ledger.ts';

export interface Watched {
  readonly account: string;
  readonly conversation: ConversationId;
  readonly service: PhoneNumber;
  /** Milliseconds since the run began, and since 1970. */
  readonly clock: { run(): number; now(): number };
}

/** Looks at the tables from outside, over no worker's wire, and keeps what was seen. */
export interface Eyes {
  readonly ledger: Ledger;
  /** Takes note of how heads and messages stand now. */
  look(): Promise<void>;
  /** The calls as they stood at the last look. */
  calls: readonly CallEntry[];
  rows(): Promise<readonly Entity[]>;
  inboxRows(): Promise<readonly string[]>;
}

export function eyesOn({ account, conversation, service, clock }: Watched): Eyes {
  const tables = { conversations: tableOf(account, 'conversations'), inbox: tableOf(account, 'inbox') };
  const seen = ledger();
  const statuses = new Map<EntryKey, Status>();

  function noteHead(entity: Entity): void {
    const head = headOf(entity);
    const mode = head.subscriber === undefined ? 'bot' : modeAt(head, clock.now());
    seen.standings.push({ at: clock.run(), consent: consentOf(head), mode, erasedAt: head.erasedAt ?? asTicks(0n) });
  }

  function noteEntry(entity: Entity): void {
    const entry = entryOf(entity);
    if (entry.direction !== 'outbound') return;
    if (!seen.made.has(entry.key)) seen.made.set(entry.key, entry);
    const [from, to] = [statuses.get(entry.key), statusOf(entry)];
    statuses.set(entry.key, to);
    if (from !== undefined && from !== to) seen.steps.push({ from, to });
  }

  const rows = () => all(tables.conversations, conversation);
  return {
    ledger: seen,
    calls: [],
    async look() {
      const all = await rows();
      this.calls = callsOf(all);
      for (const entity of all)
        if (entity.row === headRow) noteHead(entity);
        else if (entity.row.startsWith('e')) noteEntry(entity);
    },
    rows,
    async inboxRows() {
      const keys = (await all(tables.inbox, service)).map(({ row }) => row as InboxKey);
      return keys.filter((key) => conversationOf(key) === conversation);
    },
  };
}

/** The calls among the rows of a conversation. */
export const callsOf = (rows: readonly Entity[]): readonly CallEntry[] =>
  rows
    .filter(({ row }) => row.startsWith('e'))
    .map(entryOf)
    .filter((entry) => entry.direction === 'call');

const tableOf = (connectionString: string, table: string) => azureEntityTable({ connectionString, table });

async function all(table: EntityTable, partition: string): Promise<readonly Entity[]> {
  return (await table.query({ partition, from: '!', below: '~' }, 1_000)).entities;
}
