import type { Commit, CommitResult, ConversationStore } from '../../conversations/conversationStore.ts';
import { consentKeyOf, type EntryKey } from '../../conversations/keys.ts';
import type { EntityTable, Operation, TransactResult } from './entityTable.ts';
import {
  consentColumns,
  entryColumns,
  entryOf,
  headColumns,
  headOf,
  headRow,
  requestColumns,
  requestRowOf,
} from './rows.ts';

/** What a failing operation of a commit means, by what it was for. */
type Part = { readonly operation: Operation; readonly entry?: EntryKey; readonly means: Failure };
type Failure = Exclude<CommitResult['type'], 'committed'>;

/** Conversations in the table `conversations`: one partition each, every commit one entity group transaction. */
export const conversationStore = (table: EntityTable): ConversationStore => ({
  async head(id) {
    const entity = await table.get({ partition: id, row: headRow });
    return entity && { value: headOf(entity), etag: entity.etag };
  },
  async entry(id, key) {
    const entity = await table.get({ partition: id, row: key });
    return entity && { value: entryOf(entity), etag: entity.etag };
  },
  async request(id, requestKey) {
    const entity = await table.get({ partition: id, row: requestKey });
    return entity && requestRowOf(entity);
  },
  async commit(commit) {
    const parts = partsOf(commit);
    const result = await table.transact(
      commit.conversation,
      parts.map((part) => part.operation),
    );
    return outcomeOf(result, parts);
  },
  async judge(id, { value, etag }) {
    if (etag === undefined) return undefined;
    const operation = { type: 'replace', row: value.key, columns: entryColumns(value), etag } as const;
    const result = await table.transact(id, [operation]);
    return result.type === 'done' ? result.etags[0] : undefined;
  },
  async learn(id, key, facts) {
    // Merge and never upsert: an entry that was erased must not come back.
    const result = await table.transact(id, [{ type: 'merge', row: key, columns: { ...facts } }]);
    return result.type === 'done';
  },
});

/** The order decides which failure is told first: whether it was made before comes before whether anything changed. */
function partsOf({ request, create = [], judge, learn, head, consent }: Commit): Part[] {
  const parts: (Part | undefined)[] = [
    request && {
      operation: { type: 'insert', row: request.requestKey, columns: requestColumns(request) },
      means: 'request-exists',
    },
    ...create.map(
      (entry): Part => ({
        operation: { type: 'insert', row: entry.key, columns: entryColumns(entry) },
        entry: entry.key,
        means: 'entry-exists',
      }),
    ),
    judge && {
      operation: {
        type: 'replace',
        row: judge.value.key,
        columns: entryColumns(judge.value),
        etag: judge.etag ?? neverHeld,
      },
      entry: judge.value.key,
      means: 'changed',
    },
    learn && { operation: { type: 'merge', row: learn.key, columns: { ...learn.facts } }, means: 'missing' },
    {
      operation:
        head.etag === undefined
          ? { type: 'insert', row: headRow, columns: headColumns(head.value) }
          : { type: 'replace', row: headRow, columns: headColumns(head.value), etag: head.etag },
      means: 'changed',
    },
    consent && {
      operation: { type: 'upsert', row: consentKeyOf(consent.at, consent.source), columns: consentColumns(consent) },
      means: 'changed',
    },
  ];
  return parts.filter((part) => part !== undefined);
}

function outcomeOf(result: TransactResult, parts: readonly Part[]): CommitResult {
  if (result.type === 'failed') return { type: parts[result.index]?.means ?? 'changed' };
  const etags = new Map<EntryKey, string>();
  for (const [index, { entry }] of parts.entries()) {
    const etag = result.etags[index];
    if (entry !== undefined && etag !== undefined) etags.set(entry, etag);
  }
  return { type: 'committed', etags };
}

/** What was never read is never replaced: no row has this ETag. */
const neverHeld = 'W/"never"';
