import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzureKeyCredential, EventGridPublisherClient, type InputSchema } from '@azure/eventgrid';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CustomTopic } from '../../../local/eventGrid/customTopic.ts';
import type { SubscriptionOptions } from '../../../local/eventGrid/subscription.ts';
import { anAcs } from '../acs/anAcs.ts';
import { anEvent, aWorld, deliveryOf, type WorldOptions } from './aGrid.ts';

const orders: CustomTopic = { name: 'orders', key: 'b3JkZXJz', inputSchema: 'CloudEventSchemaV1_0' };
const stock: CustomTopic = { name: 'stock', key: 'c3RvY2s=', inputSchema: 'EventGridSchema' };
const stockId =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.EventGrid/topics/stock';

const cloudEvent = {
  id: 'o1',
  type: 'Shop.Ordered',
  source: '/shop/4',
  subject: 'orders/1',
  time: new Date('2026-11-24T02:00:00.5Z'),
  data: { loaves: 2 },
};
const gridEvent = {
  id: 's1',
  eventType: 'Shop.SoldOut',
  subject: 'loaves/rye',
  eventTime: new Date('2026-11-24T02:00:00Z'),
  dataVersion: '2.1',
  data: { left: 0 },
};

/** The grid on its port, with both topics; `of` adds subscriptions, each to a path of its own on the receiver. */
async function aServedGrid(of: readonly Partial<SubscriptionOptions>[] = [], options: WorldOptions = {}) {
  const world = await aWorld({
    topics: [orders, stock],
    subscriptions: (url) => [
      { name: 'smsReceived', endpoint: `${url}/smsReceived` },
      ...of.map((each, index) => ({
        name: `of-${each.topic}-${index}`,
        endpoint: `${url}/${each.topic}/${index}`,
        ...each,
      })),
    ],
    ...options,
  });
  const acs = await anAcs({ eventGrid: world.grid });
  onTestFinished(() => acs.close());
  await world.grid.settled();
  const at = (path: string) => world.receiver.deliveries.filter(({ url }) => url.startsWith(path));
  return { ...world, at, url: (topic: string) => `${acs.url}/eventgrid/topics/${topic}/api/events` };
}

function aJournal(): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'events.jsonl');
}

const client = <S extends InputSchema>(endpoint: string, schema: S, key: string) =>
  new EventGridPublisherClient(endpoint, schema, new AzureKeyCredential(key), { allowInsecureConnection: true });

const post = (url: string, body: string, headers: Record<string, string> = {}, query = '?api-version=2018-01-01') =>
  fetch(`${url}${query}`, {
    method: 'POST',
    headers: { 'aeg-sas-key': orders.key, 'content-type': 'application/cloudevents-batch+json', ...headers },
    body,
  });

describe('what the SDK publishes to a topic of CloudEvents', () => {
  const inCloudEvents = { topic: 'orders', schema: 'CloudEventSchemaV1_0' } as const;

  test('reaches its subscription as it was, its source and extensions too, once the endpoint agreed', async () => {
    const { grid, receiver, at, url } = await aServedGrid([inCloudEvents]);
    expect(receiver.handshakes.map(({ method }) => method)).toContain('OPTIONS');
    await client(url('orders'), 'CloudEvent', orders.key).send([
      { ...cloudEvent, extensionAttributes: { shop: 'corner' } },
      { ...cloudEvent, id: 'o2' },
    ]);
    await grid.settled();
    const [first, second] = at('/orders');
    expect(first?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'aeg-subscription-name': 'OF-ORDERS-0',
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({
      ...cloudEvent,
      time: '2026-11-24T02:00:00.500Z',
      specversion: '1.0',
      datacontenttype: 'application/json',
      shop: 'corner',
    });
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ id: 'o2' });
  });

  test('reaches nobody of another topic, nor does what the service says reach its subscription', async () => {
    const { grid, at, url } = await aServedGrid([inCloudEvents, { topic: 'stock' }]);
    await client(url('orders'), 'CloudEvent', orders.key).send([cloudEvent]);
    await grid.publish(anEvent());
    await grid.settled();
    expect([at('/orders').length, at('/stock').length, at('/smsReceived').length]).toEqual([1, 0, 1]);
  });

  test('comes after a restart if it had not come before', async () => {
    const journal = aJournal();
    const before = await aServedGrid([inCloudEvents], { journal });
    before.receiver.answerWith(() => ({ status: 500 }));
    await client(before.url('orders'), 'CloudEvent', orders.key).send([cloudEvent]);
    await before.grid.settled();
    await before.grid.close();
    const after = await aServedGrid([inCloudEvents], { journal, time: before.time });
    await after.pass(11_000);
  });

  test('is shown among the events, with its topic, even if nobody subscribed', async () => {
    const { grid, url } = await aServedGrid();
    await client(url('orders'), 'CloudEvent', orders.key).send([cloudEvent]);
    expect(grid.events()).toMatchObject([
      { event: { id: 'o1', eventType: 'Shop.Ordered', topic: 'orders' }, deliveries: [] },
    ]);
  });

  test('is tried again by the rules, and as a dead letter still is what was posted', async () => {
    const { grid, receiver, pass, url } = await aServedGrid([{ ...inCloudEvents, maxAttempts: 2 }]);
    receiver.answerWith(() => ({ status: 503 }));
    await client(url('orders'), 'CloudEvent', orders.key).send([cloudEvent]);
    await grid.settled();
    await pass(11_000);
    expect(deliveryOf({ grid }, 'o1')).toMatchObject({ state: 'dead-lettered', attempts: [{}, {}] });
    expect(grid.deadLetters()).toMatchObject([
      { subscription: 'OF-ORDERS-0', record: { source: '/shop/4', deadletterreason: 'MaxDeliveryAttemptsExceeded' } },
    ]);
  });

  test('one by one and without a time or subject, as other SDKs may post, is taken too', async () => {
    const { grid, time, at, url } = await aServedGrid([inCloudEvents]);
    const { time: _, subject: __, ...event } = { ...cloudEvent, specversion: '1.0' };
    const answer = await post(url('orders'), JSON.stringify(event), { 'content-type': 'application/cloudevents+json' });
    expect(answer.status).toBe(200);
    await grid.settled();
    const received = JSON.parse(at('/orders')[0]?.body ?? '');
    expect(received).toEqual({ ...event, time: new Date(time.now()).toISOString() });
  });
});

test('what the SDK publishes in the Event Grid schema is delivered in either', async () => {
  const { grid, receiver, at, url } = await aServedGrid([
    { topic: 'stock' },
    { topic: 'stock', schema: 'CloudEventSchemaV1_0' },
  ]);
  const invitation = receiver.handshakes.find((to) => to.url === '/stock/0');
  expect(JSON.parse(invitation?.body ?? '')[0]).toMatchObject({ topic: stockId });
  await client(url('stock'), 'EventGrid', stock.key).send([gridEvent]);
  await grid.settled();
  const { id, subject, eventType: type, data } = gridEvent;
  const eventTime = '2026-11-24T02:00:00.000Z';
  expect(JSON.parse(at('/stock/0')[0]?.body ?? '')).toEqual([
    { ...gridEvent, eventTime, topic: stockId, metadataVersion: '1' },
  ]);
  expect(at('/stock/0')[0]?.headers['aeg-data-version']).toBe('2.1');
  expect(JSON.parse(at('/stock/1')[0]?.body ?? '')).toEqual({
    ...{ id, subject, type, data },
    source: stockId,
    time: eventTime,
    specversion: '1.0',
  });
});

describe('a topic refuses', () => {
  test('a wrong key, which the SDK tells as 401', async () => {
    const { grid, url } = await aServedGrid();
    const sending = client(url('orders'), 'CloudEvent', stock.key).send([cloudEvent]);
    await expect(sending).rejects.toMatchObject({ name: 'RestError', statusCode: 401, code: 'Unauthorized' });
    expect(grid.events()).toEqual([]);
  });

  test('more than a megabyte in one request, which the SDK tells as 413', async () => {
    const { grid, url } = await aServedGrid();
    const sending = client(url('orders'), 'CloudEvent', orders.key).send([
      { ...cloudEvent, data: { loaves: 'a'.repeat(1_048_576) } },
    ]);
    await expect(sending).rejects.toMatchObject({ name: 'RestError', statusCode: 413, code: 'PayloadTooLarge' });
    expect(grid.events()).toEqual([]);
  });

  test('not a request of just a megabyte', async () => {
    const { url } = await aServedGrid();
    const bare = JSON.stringify([{ ...cloudEvent, specversion: '1.0', data: '' }]);
    const full = bare.replace('"data":""', `"data":"${'a'.repeat(1_048_576 - bare.length)}"`);
    expect([(await post(url('orders'), full)).status, (await post(url('orders'), `${full} `)).status]).toEqual([
      200, 413,
    ]);
  });

  const good = { ...cloudEvent, specversion: '1.0' };
  test.each<[string, number, Parameters<typeof post>[1], Record<string, string>?, string?]>([
    ['no key', 401, JSON.stringify([good]), { 'aeg-sas-key': '' }],
    ['no version of the API', 400, JSON.stringify([good]), {}, ''],
    ['another version of the API', 400, JSON.stringify([good]), {}, '?api-version=2017-09-15'],
    ['the other schema', 400, JSON.stringify([gridEvent]), { 'content-type': 'application/json' }],
    ['no JSON', 400, 'hello'],
    ['a batch that is none', 400, JSON.stringify(good)],
    ['an event without id', 400, JSON.stringify([good, { ...good, id: undefined }])],
    ['an event without source', 400, JSON.stringify([{ ...good, source: '' }])],
    ['another version of CloudEvents', 400, JSON.stringify([{ ...good, specversion: '0.3' }])],
    ['a time that is none', 400, JSON.stringify([{ ...good, time: 'noon' }])],
  ])('%s with %i, and then takes none of the events', async (_, status, body, headers, query) => {
    const { grid, url } = await aServedGrid();
    const answer = await post(url('orders'), body, headers, query);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      error: { code: expect.any(String), message: expect.any(String), details: [expect.anything()] },
    });
    expect(grid.events()).toEqual([]);
  });

  test('an event of the Event Grid schema that lacks something, or brings another metadata version', async () => {
    const { url } = await aServedGrid();
    const headers = { 'aeg-sas-key': stock.key, 'content-type': 'application/json' };
    for (const but of [
      { subject: undefined },
      { dataVersion: undefined },
      { eventTime: '?' },
      { metadataVersion: '2' },
    ])
      expect((await post(url('stock'), JSON.stringify([{ ...gridEvent, ...but }]), headers)).status).toBe(400);
  });

  test.each([
    ['POST', 'nobody'],
    ['GET', 'orders'],
  ])('a %s to %s, which is not there', async (method, topic) => {
    const { url } = await aServedGrid();
    const answer = await fetch(`${url(topic)}?api-version=2018-01-01`, {
      method,
      headers: { 'aeg-sas-key': orders.key },
    });
    expect(answer.status).toBe(404);
  });
});
