import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, shut } from '../../local/listen.ts';
import { type RealWorld, realWorld, until } from '../support/realWorld.ts';

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly status?: string; readonly subscriber: string; readonly text?: string };
}

const heard: Heard[] = [];

/** Somebody else's system, which agrees to hear CloudEvents. */
const crm = createServer(async (request, response) => {
  if (request.method === 'OPTIONS') return response.setHeader('WebHook-Allowed-Origin', '*').end();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  heard.push(...[JSON.parse(Buffer.concat(chunks).toString())].flat());
  return response.writeHead(200).end();
});

let world: RealWorld;
beforeAll(async () => {
  world = await realWorld('start', { OWN_EVENTS_TO: `http://127.0.0.1:${await listen(crm, 0)}/` });
});
afterAll(async () => {
  await world.close();
  await shut(crm);
});

const of = (subscriber: string) => heard.filter(({ data }) => data.subscriber === subscriber);
const told = (subscriber: string) =>
  of(subscriber).map(({ type, data }) => `${type.split('.')[1]} ${data.status ?? ''}`.trim());

test('another system hears of a text, of the answer and of its delivery, and not what was said', async () => {
  await world.text('+14255550601', '+18005550100', 'hours');
  const wanted = ['MessageReceived', 'MessageStatusChanged delivered'];
  const all = async () => wanted.every((each) => told('+14255550601').includes(each)) || undefined;
  await until('the text and its delivery', all);
  expect(of('+14255550601').every(({ data }) => data.text === undefined)).toBe(true);
});

test('a text that comes again tells the same events, by their ids', async () => {
  const subscriber = '+14255550602';
  await world.text(subscriber, '+14255550100', 'STOP');
  await until('the opt-out', async () => told(subscriber).includes('ConsentChanged') || undefined);
  const before = new Set(of(subscriber).map(({ id }) => id));
  const { events } = (await world.admin('/events')) as {
    events: { event: { id: string; data: { message?: string } } }[];
  };
  const stop = events.findLast(({ event }) => event.data.message === 'STOP');
  await fetch(`${world.acs}/admin/events/${stop?.event.id}/redeliver`, { method: 'POST' });
  const again = () => of(subscriber).filter(({ type }) => type.endsWith('MessageReceived'));
  await until('the text once more', async () => again().length === 2 || undefined);
  expect(new Set(again().map(({ id }) => id)).size).toBe(1);
  expect(before).toContain(again()[1]?.id);
});
