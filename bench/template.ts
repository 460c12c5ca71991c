import { TableClient, type TableEntityResult } from '@azure/data-tables';

type Columns = Readonly<Record<string, unknown>>;

/**
 * The rows that the app wrote for one text, without keys. What is made by hand writes the same ones, so that both sides
 * go on carrying the same bytes when the app's rows change.
 */
export interface Template {
  readonly head: Columns;
  readonly inbound: Columns;
  readonly reply: Columns;
  readonly inbox: Columns;
  /** What the app said. */
  readonly text: string;
}

/** Reads a text, its reply and their conversation from storage in which the app has answered one. */
export async function readTemplate(storage: string): Promise<Template> {
  const rows = await rowsOf(storage, 'conversations');
  const [inboxRow] = await rowsOf(storage, 'inbox');
  const reply = rows.find(({ replyTo }) => replyTo !== undefined);
  const beside = rows.filter(({ partitionKey }) => partitionKey === reply?.partitionKey);
  const inbound = beside.find(({ rowKey }) => rowKey === reply?.['replyTo']);
  const head = beside.find(({ rowKey }) => rowKey === 'head');
  if (!head || !inbound || !reply || !inboxRow) throw new Error('The app has not kept a text with its reply.');
  const { acceptedAt: _, providerId: __, deliveredAt: ___, ...drafted } = columnsOf(reply);
  return {
    head: columnsOf(head),
    inbound: columnsOf(inbound),
    reply: drafted,
    inbox: columnsOf(inboxRow),
    text: String(reply['text']),
  };
}

type Row = TableEntityResult<Record<string, unknown>>;

async function rowsOf(storage: string, table: string): Promise<readonly Row[]> {
  const client = TableClient.fromConnectionString(storage, table, { allowInsecureConnection: true });
  const rows: Row[] = [];
  for await (const row of client.listEntities()) rows.push(row);
  return rows;
}

/** Without what the service added, and in types that it takes: instants are past the reach of a 32-bit integer. */
function columnsOf({ partitionKey: _, rowKey: __, etag: ___, timestamp: ____, ...columns }: Row): Columns {
  const own = Object.entries(columns).filter(([name]) => !name.startsWith('odata.'));
  return Object.fromEntries(
    own.map(([name, value]) => [
      name,
      typeof value === 'number' && value !== (value | 0) ? { type: 'Double', value } : value,
    ]),
  );
}
