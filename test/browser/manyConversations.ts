import { exampleSettings } from '../../local/appSettings.ts';
import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import { conversationStore } from '../../shared/adapters/storage/conversationStore.ts';
import type { Head } from '../../shared/conversations/head.ts';
import { conversationIdOf, inboxKeyOf } from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { root } from '../support/world.ts';
import { service } from './agent.ts';

export const subscriberOf = (n: number) => `+1425${String(n).padStart(7, '0')}` as PhoneNumber;

/** Writes at a time; Azurite takes no more at once. */
const atOnce = 32;
/** Rows of one transaction of Table Storage. */
const batch = 100;

/** Writes as many conversations as the app would have written them, a minute apart, number 0 the latest; without entries. */
export async function seedConversations(connectionString: string, many: number, latest: number): Promise<void> {
  const store = conversationStore(azureEntityTable({ connectionString, table: 'conversations' }));
  const inbox = azureEntityTable({ connectionString, table: 'inbox' });
  const heads = Array.from({ length: many }, (_, n) => headOf(n, ticksOf(latest - n * 60_000)));
  const rest = heads.values();
  const write = async () => {
    for (const { id, head } of rest) await store.commit({ conversation: id, head: { value: head, etag: undefined } });
  };
  await Promise.all(Array.from({ length: atOnce }, write));
  for (let from = 0; from < many; from += batch)
    await inbox.transact(
      service,
      heads.slice(from, from + batch).map(({ head }) => ({ type: 'upsert', row: head.inboxKey, columns: {} })),
    );
}

function headOf(n: number, at: Head['last']) {
  const id = conversationIdOf(exampleSettings(root)['CONVERSATION_KEY'] ?? '', service as PhoneNumber, subscriberOf(n));
  const head: Head = {
    service: service as PhoneNumber,
    subscriber: subscriberOf(n),
    last: at,
    preview: `What was said last in number ${n}`,
    lastInbound: n % 3 === 0 ? at : undefined,
    flags: [],
    mode: n % 20 === 0 ? 'agent' : 'bot',
    stopAt: n % 30 === 0 ? at : undefined,
    replies: [],
    inboxKey: inboxKeyOf(at, id),
  };
  return { id, head };
}
