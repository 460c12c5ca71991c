import { randomUUID } from 'node:crypto';
import { SmsClient } from '@azure/communication-sms';
import { RestError, TableClient } from '@azure/data-tables';
import { repeatabilityHeader, repeatable } from '../shared/adapters/acs/repeatable.ts';
import { type Group, numberIn } from './group.ts';
import type { Template } from './template.ts';

export interface ByHandOptions {
  readonly storage: string;
  readonly acs: string;
  readonly from: string;
  readonly template: Template;
  /** To whom the texts go, in turn. */
  readonly group: Group;
}

/** Tables of its own, in which as much lies as in the app's. */
export const floorTables = { conversations: 'floorConversations', inbox: 'floorInbox' } as const;

/** One text: where its rows go, by keys as long as the app's. */
interface Text {
  readonly to: string;
  readonly partitionKey: string;
  readonly inbound: string;
  readonly reply: string;
  readonly inbox: string;
}

interface Clients {
  readonly entries: TableClient;
  readonly inbox: TableClient;
  readonly sms: SmsClient;
}

/**
 * The least that answering a text costs with these SDKs: the four storage calls and the send that the app makes too, with
 * rows of the same size, in the same order, and nothing else. No events, no rules, no safety.
 */
export function byHand(options: ByHandOptions): () => Promise<void> {
  const clients = connect(options);
  const inboxRows = new Map<string, string>();
  let texts = 0;
  return async () => {
    const text = textOf(options.group, texts++);
    await commit(clients, options, text);
    const old = inboxRows.get(text.partitionKey);
    inboxRows.set(text.partitionKey, text.inbox);
    await Promise.all([send(clients, options, text), move(clients, options, { to: text.inbox, from: old })]);
  };
}

function connect({ storage, acs }: ByHandOptions): Clients {
  const insecure = { allowInsecureConnection: true };
  const table = (name: string) => TableClient.fromConnectionString(storage, name, insecure);
  const additionalPolicies = [{ policy: repeatable, position: 'perCall' as const }];
  return {
    entries: table(floorTables.conversations),
    inbox: table(floorTables.inbox),
    sms: new SmsClient(acs, { ...insecure, additionalPolicies }),
  };
}

function textOf(group: Group, turn: number): Text {
  const order = String(turn).padStart(17, '0');
  const id = order.slice(1);
  const to = numberIn(group, turn);
  const partitionKey = `floor${to.slice(1).padStart(17, '-')}`;
  return { to, partitionKey, inbound: `e${order}1${id}`, reply: `e${order}0${id}`, inbox: `${order}${partitionKey}` };
}

async function commit({ entries }: Clients, { template }: ByHandOptions, text: Text): Promise<void> {
  const { partitionKey } = text;
  const head = { ...template.head, partitionKey, rowKey: 'head' };
  const etag = await etagOf(entries, partitionKey);
  await entries.submitTransaction([
    ['create', { ...template.inbound, partitionKey, rowKey: text.inbound }],
    ['create', { ...template.reply, partitionKey, rowKey: text.reply }],
    etag === undefined ? ['create', head] : ['update', head, 'Replace', { etag }],
  ]);
}

/** Of the head; `undefined` for a conversation that has yet to begin. */
async function etagOf(entries: TableClient, partitionKey: string): Promise<string | undefined> {
  try {
    return (await entries.getEntity(partitionKey, 'head')).etag;
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return undefined;
    throw error;
  }
}

async function send({ sms, entries }: Clients, { from, template }: ByHandOptions, text: Text): Promise<void> {
  const { to, partitionKey, reply: rowKey } = text;
  const repeatability = `${randomUUID()}|${new Date().toUTCString()}`;
  const [result] = await sms.send(
    { from, to: [to], message: template.text },
    {
      enableDeliveryReport: true,
      tag: `${partitionKey}.${rowKey}`,
      requestOptions: { customHeaders: { [repeatabilityHeader]: repeatability } },
    },
  );
  const acceptedAt = { type: 'Double', value: Date.now() };
  await entries.updateEntity({ partitionKey, rowKey, acceptedAt, providerId: result?.messageId }, 'Merge');
}

interface Move {
  readonly to: string;
  readonly from: string | undefined;
}

async function move({ inbox }: Clients, { from: partitionKey, template }: ByHandOptions, rows: Move): Promise<void> {
  const row = { ...template.inbox, partitionKey, rowKey: rows.to };
  if (rows.from === undefined) await inbox.upsertEntity(row, 'Replace');
  else
    await inbox.submitTransaction([
      ['upsert', row, 'Replace'],
      ['delete', { partitionKey, rowKey: rows.from }],
    ]);
}
