import type { EntityTable, Operation } from '../../shared/adapters/storage/entityTable.ts';
import type { MemoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { entryOf, headOf, headRow } from '../../shared/adapters/storage/rows.ts';
import { type Consent, consentOf } from '../../shared/conversations/consent.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { type AnyHead, type Mode, modeAt } from '../../shared/conversations/head.ts';
import type { EntryKey } from '../../shared/conversations/keys.ts';
import { type Status, statusOf } from '../../shared/conversations/status.ts';
import type { Ticks } from '../../shared/core/time.ts';
import type { ReceivedSms } from '../../shared/sms/receivedSms.ts';
import type { DeliveryReport } from '../../shared/sms/recordDelivery.ts';
import type { Left } from './provider.ts';

/** What the head said from a moment on; milliseconds since the run began. */
export interface Standing {
  readonly at: number;
  readonly consent: Consent;
  readonly mode: Mode;
  readonly erasedAt: Ticks;
}

/** What one request of an agent was told. */
export interface Told {
  readonly request: string;
  readonly entries: Set<EntryKey>;
  /** That the subscriber has opted out. */
  refused: boolean;
  /** A process that stood still took it up when its client had long hung up. */
  lateTaken: boolean;
}

/** A call that failed. */
export interface Failed {
  readonly what: string;
  /** What it threw; absent if it died, or was not done in time. */
  readonly error?: unknown;
}

/** Everything that was seen from outside while a run went on, for whoever judges it afterwards. */
export interface Ledger {
  readonly texts: ReceivedSms[];
  readonly reports: DeliveryReport[];
  readonly left: Left[];
  readonly standings: Standing[];
  readonly requests: Map<string, Told>;
  /** Every outbound message as it was made, also if it was erased since. */
  readonly made: Map<EntryKey, OutboundMessage>;
  /** Pairs of statuses that a message went through. */
  readonly steps: { readonly from: Status; readonly to: Status }[];
  /** What agents who erased were told. */
  readonly erasures: Ticks[];
  /** Messages whose settling the host gave up, because every process that took it up died: nobody looks at them any more. */
  readonly abandoned: Set<string>;
  /** Events that Event Grid gave up. */
  readonly deadLetters: string[];
  /** What Event Grid and the queues were not told was done. */
  readonly failed: Failed[];
  /** Errors that no use case means to throw. */
  readonly surprises: unknown[];
}

export const ledger = (): Ledger => ({
  texts: [],
  reports: [],
  left: [],
  standings: [],
  requests: new Map(),
  made: new Map(),
  steps: [],
  erasures: [],
  abandoned: new Set(),
  deadLetters: [],
  failed: [],
  surprises: [],
});

interface Clock {
  /** Since the run began, and since 1970; milliseconds. */
  run(): number;
  now(): number;
}

/** The table of conversations, with an eye on each change of a head and of a message's status. */
export function watched(table: MemoryEntityTable, { standings, made, steps }: Ledger, clock: Clock): EntityTable {
  const statuses = new Map<string, Status>();

  function noteHead(head: AnyHead): void {
    const mode = head.subscriber === undefined ? 'bot' : modeAt(head, clock.now());
    const { erasedAt = 0n as Ticks } = head;
    const standing: Standing = { at: clock.run(), consent: consentOf(head), mode, erasedAt };
    const before = standings.at(-1);
    if (before?.consent === standing.consent && before.mode === mode && before.erasedAt === erasedAt) return;
    standings.push(standing);
  }

  function noteMessage(message: OutboundMessage): void {
    const { key } = message;
    if (!made.has(key)) made.set(key, message);
    const from = statuses.get(key);
    const to = statusOf(message);
    statuses.set(key, to);
    if (from !== undefined && from !== to) steps.push({ from, to });
  }

  async function note({ row }: Operation, partition: string): Promise<void> {
    if (row !== headRow && !row.startsWith('e')) return;
    const entity = await table.get({ partition, row });
    if (entity === undefined) return;
    if (row === headRow) return noteHead(headOf(entity));
    const entry = entryOf(entity);
    if (entry.direction === 'outbound') noteMessage(entry);
  }

  return {
    ...table,
    async transact(partition, operations) {
      const result = await table.transact(partition, operations);
      if (result.type === 'done') for (const operation of operations) await note(operation, partition);
      return result;
    },
  };
}
