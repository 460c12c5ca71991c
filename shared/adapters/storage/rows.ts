import type { ConsentChange } from '../../conversations/consent.ts';
import type { RequestRow } from '../../conversations/conversationStore.ts';
import type { Entry } from '../../conversations/entry.ts';
import type { Flag, Raised } from '../../conversations/flags.ts';
import type { AnyHead } from '../../conversations/head.ts';
import { atOf, type EntryKey } from '../../conversations/keys.ts';
import type { Columns, Entity } from './entityTable.ts';

/** Of one conversation, in one partition: its head, and entries (`e…`), consent history (`c…`) and requests (`k…`) by their keys. */
export const headRow = 'head';

/** A list is one column of text; neither flags, keys nor instants hold a comma or a colon. */
export const headColumns = (head: AnyHead): Columns =>
  head.subscriber === undefined
    ? { ...head }
    : { ...head, flags: head.flags.map(flagColumn).join(','), replies: head.replies.join(',') };

export function headOf({ columns }: Entity): AnyHead {
  const head = columns as unknown as AnyHead;
  if (head.subscriber === undefined) return head;
  const { flags, replies } = columns;
  return { ...head, flags: listOf(flags).map(raisedOf), replies: listOf(replies).map(Number) };
}

/** The key holds the instant; both stay out of the columns. */
export function entryColumns({ key: _, at: __, ...columns }: Entry): Columns {
  return columns;
}

export function entryOf({ row, columns }: Entity): Entry {
  const key = row as EntryKey;
  return { ...(columns as unknown as Entry), key, at: atOf(key) };
}

export const consentColumns = (change: ConsentChange): Columns => ({ ...change });

export const consentChangeOf = ({ columns }: Entity): ConsentChange => columns as unknown as ConsentChange;

export function requestColumns({ requestKey: _, ...columns }: RequestRow): Columns {
  return columns;
}

export const requestRowOf = ({ row, columns }: Entity): RequestRow => ({
  ...(columns as unknown as RequestRow),
  requestKey: row,
});

const others = '+';

/** `failed:e…:e…`, latest first; `+` at the end for others that are not kept. */
const flagColumn = ({ flag, entries, others: more }: Raised): string =>
  [flag, ...entries, ...(more ? [others] : [])].join(':');

/** A flag without entries was raised before entries were kept. */
function raisedOf(text: string): Raised {
  const [flag, ...rest] = text.split(':');
  const entries = rest.filter((part) => part !== others) as EntryKey[];
  return { flag: flag as Flag, entries, others: entries.length === 0 || rest.includes(others) || undefined };
}

const listOf = (text: unknown): string[] => (typeof text === 'string' && text !== '' ? text.split(',') : []);
