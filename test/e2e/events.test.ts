import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleSettings } from '../../local/appSettings.ts';
import { aWorld, root, type TestWorld } from '../support/world.ts';

const tollFree = '18005550100';
const topic = exampleSettings(root)['ACS_RESOURCE_ID'];
let world: TestWorld;
let subscribers = 0;

beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const nextSubscriber = () => `1425555${String(5_000 + subscribers++)}`;

const smsReceived = (from: string, data: object = {}, envelope: object = {}) => ({
  id: `Incoming_${from}`,
  topic,
  subject: `/phonenumber/${tollFree}`,
  eventType: 'Microsoft.Communication.SMSReceived',
  dataVersion: '1.0',
  metadataVersion: '1',
  eventTime: new Date().toISOString(),
  data: {
    messageId: `Incoming_${from}`,
    from,
    to: tollFree,
    message: 'hours',
    receivedTimestamp: new Date().toISOString(),
    ...data,
  },
  ...envelope,
});

/** What Event Grid would get for a request with these events. */
const deliver = async (...events: readonly object[]) => {
  const response = await fetch(`${world.functions?.url}/runtime/webhooks/eventgrid?functionName=smsReceived`, {
    method: 'POST',
    headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  return response.status;
};

const textsTo = (subscriber: string) => world.acs.carrier.sent({ to: `+${subscriber}` });

async function dropped(): Promise<{ readonly event: { id: string }; readonly reason: string }[]> {
  const container = BlobServiceClient.fromConnectionString(world.storage).getContainerClient('dropped');
  const kept = [];
  for await (const { name } of container.listBlobsFlat())
    kept.push(JSON.parse((await container.getBlobClient(name).downloadToBuffer()).toString()));
  return kept;
}

test.each<[string, (from: string) => object, RegExp]>([
  ['without a number that can be read', (from) => smsReceived(from, { to: 'nobody at all' }), /data\.to/],
  [
    'of another resource',
    (from) => smsReceived(from, {}, { topic: '/subscriptions/somebody-else' }),
    /ACS_RESOURCE_ID/,
  ],
  ['without data', (from) => smsReceived(from, {}, { data: null }), /data/],
])('an event %s is acknowledged, kept whole and counted', async (_, eventFrom, reason) => {
  const from = nextSubscriber();
  const event = eventFrom(from);
  expect(await deliver(event)).toBe(202);
  expect(await deliver(event)).toBe(202);
  const kept = (await dropped()).filter(({ event: { id } }) => id === `Incoming_${from}`);
  expect(kept).toEqual([{ event, reason: expect.stringMatching(reason), keptAt: expect.any(String) }]);
  expect(textsTo(from)).toEqual([]);
});

const api = async (method: string, path: string, person = 'admin') => {
  const authorization = `Bearer ${await world.oidc.token({ person })}`;
  const response = await fetch(`${world.functions?.url}/api${path}`, { method, headers: { authorization } });
  return { status: response.status, body: (await response.json()) as never };
};
const list = async () =>
  ((await api('GET', '/dropped')).body as { items: { id: string; event: { id: string } }[] }).items;

test('an admin sees what was dropped, and drives it in again once the app can process it', async () => {
  const from = nextSubscriber();
  const good = smsReceived(from);
  // As if an earlier version of the app had not understood it.
  const container = BlobServiceClient.fromConnectionString(world.storage).getContainerClient('dropped');
  await container.createIfNotExists();
  const body = JSON.stringify({ event: good, reason: 'Not understood.', keptAt: good.eventTime });
  await container.getBlockBlobClient('2026-11-24/kJ0mS3kQpXy-_2VbZr8TfA.json').upload(body, Buffer.byteLength(body));
  const [kept] = (await list()).filter(({ event }) => event.id === good.id);
  expect(kept).toEqual({
    id: '2026-11-24_kJ0mS3kQpXy-_2VbZr8TfA',
    event: good,
    reason: 'Not understood.',
    keptAt: good.eventTime,
  });
  expect((await api('POST', `/dropped/${kept?.id}/redrive`)).status).toBe(200);
  expect(textsTo(from)).toHaveLength(1);
  expect((await list()).filter(({ event }) => event.id === good.id)).toEqual([]);
  expect((await api('POST', `/dropped/${kept?.id}/redrive`)).status).toBe(404);
});

test('what still cannot be processed stays, and says why', async () => {
  const from = nextSubscriber();
  await deliver(smsReceived(from, { to: 'nobody at all' }));
  const [kept] = (await list()).filter(({ event }) => event.id === `Incoming_${from}`);
  const refused = await api('POST', `/dropped/${kept?.id}/redrive`);
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'conflict', detail: expect.stringContaining('data.to') },
  });
  expect((await list()).filter(({ event }) => event.id === `Incoming_${from}`)).toHaveLength(1);
});

test('an event of another type is acknowledged, counted and not kept', async () => {
  const before = (await dropped()).length;
  const health = async () => (await (await fetch(`${world.functions?.url}/api/health`)).json()) as { counts: object };
  expect(
    await deliver(smsReceived(nextSubscriber(), {}, { eventType: 'Microsoft.Communication.RouterJobReceived' })),
  ).toBe(202);
  expect(await dropped()).toHaveLength(before);
  expect((await health()).counts).toMatchObject({ ignored: 1 });
});

test('in a batch each event has its own fate', async () => {
  const [good, bad, other] = [nextSubscriber(), nextSubscriber(), nextSubscriber()];
  expect(await deliver(smsReceived(good), smsReceived(bad, { from: '' }), smsReceived(other))).toBe(202);
  expect([textsTo(good), textsTo(bad), textsTo(other)].map((texts) => texts.length)).toEqual([1, 0, 1]);
});

test('what goes wrong is logged without texts and whole numbers', async () => {
  const from = nextSubscriber();
  await deliver(smsReceived(from, { message: 'a very private matter' }));
  await deliver(smsReceived(from, { message: 'a very private matter', to: 'nobody at all' }));
  const lines = JSON.stringify(world.logged);
  expect(lines).not.toContain('a very private matter');
  expect(lines).not.toContain(from);
});
