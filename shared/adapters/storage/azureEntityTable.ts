import type { TableClient, TransactionAction } from '@azure/data-tables';
import { lazily } from '../../core/lazily.ts';
import { actionOf, entityOf } from './azureEntity.ts';
import { type Deadline, deadlineOf, type StorageConnection, speaksPlainHttp, withinDeadline } from './connection.ts';
import { cursorAfter, rowOfCursor } from './cursor.ts';
import { checkKey, checkQuery, checkTransaction } from './entityLimits.ts';
import type { EntityPage, EntityTable, RowRange, TransactResult } from './entityTable.ts';
import { serviceCode, storageFailed } from './failure.ts';
import { onceMade } from './onceMade.ts';

type Etags = readonly (string | undefined)[];
type Refusal = Extract<TransactResult, { type: 'failed' }>['reason'];

export type AzureTable = StorageConnection & {
  /** The table's name: 3 to 63 letters and digits, a letter first. */
  readonly table: string;
};

/** https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes */
const reasons: Readonly<Record<string, Refusal>> = {
  EntityAlreadyExists: 'exists',
  ResourceNotFound: 'missing',
  UpdateConditionNotSatisfied: 'changed',
};

/**
 * One table of the Table service, made when a write finds it missing (until then it reads as empty). Making the adapter
 * evaluates no SDK; its first use does. Throws `invalid-configuration` for plain http to another machine.
 */
export function azureEntityTable(options: AzureTable): EntityTable {
  const { table, retry } = options;
  const allowInsecureConnection = speaksPlainHttp(options);
  const sdk = lazily(() => import('@azure/data-tables'));
  const client = lazily(async () => {
    const { TableClient } = await sdk();
    const pipeline = { allowInsecureConnection, ...(retry && { retryOptions: retry }) };
    return 'connectionString' in options
      ? TableClient.fromConnectionString(options.connectionString, table, pipeline)
      : new TableClient(options.endpoints.table, table, options.credential, pipeline);
  });
  const made = onceMade(isTableMissing, async () => (await client()).createTable(deadlineOf(options)));

  return {
    async get(key) {
      checkKey(key);
      try {
        const tables = await client();
        return entityOf(
          await withinDeadline(options, (deadline) => tables.getEntity(key.partition, key.row, deadline)),
        );
      } catch (error) {
        if (isTableMissing(error) || reasonOf(error) === 'missing') return undefined;
        throw storageFailed(`Reading table ${table}`, error);
      }
    },

    async transact(partition, operations) {
      checkTransaction(partition, operations);
      const actions = operations.map((operation) => actionOf(partition, operation));
      try {
        const tables = await client();
        const etags = await made(() => withinDeadline(options, (deadline) => submit(tables, actions, deadline)));
        return { type: 'done', etags };
      } catch (error) {
        const failed = notHeld(error, actions.length);
        if (failed) return failed;
        throw storageFailed(`Writing table ${table}`, error);
      }
    },

    async query(range, size, cursor) {
      checkQuery(range, size);
      const after = cursor === undefined ? undefined : rowOfCursor(cursor, range);
      try {
        const { odata } = await sdk();
        return await firstPage(await client(), filterOf(odata, range, after), size, deadlineOf(options));
      } catch (error) {
        if (isTableMissing(error)) return { entities: [] };
        throw storageFailed(`Reading table ${table}`, error);
      }
    },
  };
}

/** One action is a plain request: half the work of a transaction for both sides. */
async function submit(client: TableClient, actions: readonly TransactionAction[], deadline: Deadline): Promise<Etags> {
  const [first] = actions;
  if (actions.length === 1 && first) return [await submitOne(client, first, deadline)];
  const { subResponses } = await client.submitTransaction([...actions], deadline);
  // An answer cut short still says 202; what it does not confirm, we do not know.
  if (subResponses.length !== actions.length) throw new Error('the answer was incomplete');
  return subResponses.map(({ etag }) => etag);
}

async function submitOne(client: TableClient, action: TransactionAction, deadline: Deadline) {
  switch (action[0]) {
    case 'create':
      return (await client.createEntity(action[1], deadline)).etag;
    case 'upsert':
      return (await client.upsertEntity(action[1], action[2], deadline)).etag;
    case 'update':
      return (await client.updateEntity(action[1], action[2], { ...action[3], ...deadline })).etag;
    case 'delete':
      await client.deleteEntity(action[1].partitionKey, action[1].rowKey, deadline);
      return undefined;
  }
}

function filterOf(odata: typeof import('@azure/data-tables').odata, range: RowRange, after: string | undefined) {
  const { partition, from, below } = range;
  const start = after === undefined ? odata`RowKey ge ${from}` : odata`RowKey gt ${after}`;
  return `${odata`PartitionKey eq ${partition}`} and ${start} and ${odata`RowKey lt ${below}`}`;
}

/** The service may give empty pages before it gives a row; they are passed over. */
async function firstPage(client: TableClient, filter: string, size: number, deadline: Deadline): Promise<EntityPage> {
  const pages = client.listEntities({ queryOptions: { filter }, ...deadline }).byPage({ maxPageSize: size });
  for await (const page of pages) {
    const entities = page.map(entityOf);
    const last = entities.at(-1);
    if (last) return { entities, ...(page.continuationToken && { cursor: cursorAfter(last.row) }) };
  }
  return { entities: [] };
}

/** A transaction's error names the failing operation before the first colon, counted from 0; a plain request is operation 0. */
function notHeld(error: unknown, operations: number): TransactResult | undefined {
  const reason = reasonOf(error);
  if (!(reason && error instanceof Error)) return undefined;
  const index = operations === 1 ? 0 : Number(/^(\d+):/.exec(error.message)?.[1]);
  return Number.isInteger(index) ? { type: 'failed', index, reason } : undefined;
}

const isTableMissing = (error: unknown): boolean => serviceCode(error) === 'TableNotFound';

const reasonOf = (error: unknown): Refusal | undefined => reasons[serviceCode(error) ?? ''];
