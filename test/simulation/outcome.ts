import { entryOf, headOf, headRow } from '../../shared/adapters/storage/rows.ts';
import type { InboundMessage, OutboundMessage } from '../../shared/conversations/entry.ts';
import type { AnyHead } from '../../shared/conversations/head.ts';
import { type EntryKey, parseTag } from '../../shared/conversations/keys.ts';
import { asTicks, type Ticks } from '../../shared/core/time.ts';
import type { Left } from './provider.ts';
import type { World } from './world.ts';

/** A text that left, and the message that it was. */
export interface Departed extends Left {
  readonly key: EntryKey | undefined;
  /** As it was made; absent if nobody made it. */
  readonly message: OutboundMessage | undefined;
}

/** What is there once all is quiet, and what was seen on the way. */
export interface Outcome extends Pick<World, 'ledger' | 'settings' | 'schedule'> {
  readonly head: AnyHead | undefined;
  /** All of this time and before it was erased; 0 if nothing was. */
  readonly erasedAt: Ticks;
  readonly inbound: readonly InboundMessage[];
  readonly outbound: readonly OutboundMessage[];
  readonly departed: readonly Departed[];
  readonly rows: ReturnType<World['table']['entities']>;
  readonly inboxRows: readonly string[];
}

/** Looks for what must not be, and yields it in words. */
export type Rule = (outcome: Outcome) => Iterable<string>;
export type Rules = Readonly<Record<string, Rule>>;

/** Reads the tables and the ledger of a run. */
export function outcomeOf({ ledger, settings, schedule, table, inboxTable }: World): Outcome {
  const rows = table.entities();
  const entries = rows.filter(({ row }) => row.startsWith('e')).map(entryOf);
  const headEntity = rows.find(({ row }) => row === headRow);
  const head = headEntity && headOf(headEntity);
  return {
    ledger,
    settings,
    schedule,
    rows,
    head,
    erasedAt: head?.erasedAt ?? asTicks(0n),
    inbound: entries.filter((entry) => entry.direction === 'inbound'),
    outbound: entries.filter((entry) => entry.direction === 'outbound'),
    departed: ledger.left.map((left) => departed(left, ledger.made)),
    inboxRows: inboxTable.entities().map(({ row }) => row),
  };
}

function departed(left: Left, made: ReadonlyMap<EntryKey, OutboundMessage>): Departed {
  const key = parseTag(left.sms.tag)?.key;
  return { ...left, key, message: key && made.get(key) };
}
