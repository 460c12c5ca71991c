import { countStorage } from '../test/support/wireCounter.ts';
import { type Arena, serviceNumber, startFunctions } from './arena.ts';
import type { Row } from './table.ts';
import { texter } from './texter.ts';

type Count = Readonly<Record<'Table' | 'Queue' | 'Blob', number>>;

/** Requests to storage for what the app does, counted where they pass. */
export async function countRequests(arena: Arena): Promise<readonly Row[]> {
  const { world, storage } = arena;
  const wire = await countStorage(storage);
  const { child, url } = await startFunctions(arena, { storage: wire.connectionString });
  const subscriber = texter(arena, { url, group: { firstNumber: 15_092_000_000, size: 1 } });
  const text = async () => {
    await subscriber.next()();
    await world.settled();
  };
  const agent = () => agentsMessage(arena, url);
  const count = async (act: () => Promise<void>): Promise<Count> => {
    wire.clear();
    await act();
    // The host asks its queues for messages all the time, whoever texts.
    const spent = wire.requests().filter(({ to, method }) => !(to === 'Queue' && method === 'GET'));
    const of = (service: keyof Count) => spent.filter(({ to }) => to === service).length;
    return { Table: of('Table'), Queue: of('Queue'), Blob: of('Blob') };
  };

  // Tables, queues and clients are made by the first.
  await text();
  const reply = await count(text);
  world.dials.change({ sms: { reportMissing: 0 } });
  const withReport = await count(text);
  world.dials.change({ sms: { reportMissing: 1 } });
  await agent();
  const message = await count(agent);
  subscriber.close();
  await child.end();
  await wire.close();
  const report = {
    Table: withReport.Table - reply.Table,
    Queue: withReport.Queue - reply.Queue,
    Blob: withReport.Blob - reply.Blob,
  };
  return [
    row('a text with its reply', reply, 4),
    row('a delivery report', report, 1),
    row('an agent’s message', message),
  ];
}

function row(what: string, count: Count, limit?: number): Row {
  const total = count.Table + count.Queue + count.Blob;
  const parts = Object.entries(count).filter(([, requests]) => requests > 0);
  const measured = `${total} (${parts.map(([service, requests]) => `${service.toLowerCase()} ${requests}`).join(', ')})`;
  const named = { what: `storage requests of ${what}`, measured };
  return limit === undefined ? named : { ...named, aim: `≤ ${limit}`, met: total <= limit };
}

async function agentsMessage({ world }: Arena, url: string): Promise<void> {
  const token = await world.oidc.token({ person: 'agent' });
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ from: serviceNumber, to: '+15092000001', text: 'Your order is ready.' }),
  });
  if (response.status !== 202)
    throw new Error(`An agent’s message was answered ${response.status}: ${await response.text()}`);
}
