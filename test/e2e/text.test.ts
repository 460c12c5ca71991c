import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealWorld, realWorld, until } from '../support/realWorld.ts';

const tollFree = '+18005550100';
const local = '+14255550100';

interface Seen {
  readonly id: string;
  readonly subscriber: string;
  readonly consent: string;
  readonly unread: boolean;
}

interface SeenEntry {
  readonly id: string;
  readonly direction: string;
  readonly text: string;
  readonly status?: string;
  readonly reason?: string;
}

let world: RealWorld;
beforeAll(async () => {
  world = await realWorld();
});
afterAll(() => world.close());

const conversation = (subscriber: string, service: string) =>
  until(`the conversation with ${subscriber}`, async () => {
    const { body } = await world.api('GET', `/conversations?service=${encodeURIComponent(service)}`);
    return (body as { items: Seen[] }).items.find((seen) => seen.subscriber === subscriber);
  });
const entries = async ({ id }: Seen) =>
  ((await world.api('GET', `/conversations/${id}/entries`)).body as { items: SeenEntry[] }).items;
const latest = (seen: Seen, status: string) =>
  until(`the latest entry to be ${status}`, async () => {
    const [entry] = await entries(seen);
    return entry?.status === status ? entry : undefined;
  });

test('a text is answered, and its delivery is known', async () => {
  await world.text('+14255550201', tollFree, 'hours');
  const [reply] = await world.received('+14255550201', 1);
  const seen = await conversation('+14255550201', tollFree);
  expect(seen).toMatchObject({ unread: true, consent: 'given' });
  expect(await latest(seen, 'delivered')).toMatchObject({ direction: 'outbound', text: reply });
  expect((await entries(seen)).map(({ text }) => text)).toEqual([reply, 'hours']);
});

test('texts delivered twice and out of order are each answered once, and stand in their order', async () => {
  await world.dial({ eventGrid: { duplicate: 1, duplicateCount: 2, reorderMs: 300 } });
  for (const message of ['hours', 'hours please', 'what']) await world.text('+14255550202', tollFree, message);
  await world.received('+14255550202', 3);
  const seen = await conversation('+14255550202', tollFree);
  await until('all deliveries', async () => {
    const { events } = (await world.admin('/events')) as {
      events: { deliveries: { state: string; attempts: [] }[] }[];
    };
    return events.every(({ deliveries }) => deliveries.every(({ state }) => state === 'delivered')) || undefined;
  });
  expect(await world.sent('+14255550202')).toHaveLength(3);
  const inbound = (await entries(seen)).filter(({ direction }) => direction === 'inbound');
  expect(inbound.map(({ text }) => text)).toEqual(['what', 'hours please', 'hours']);
  await world.dial({ eventGrid: null });
});

describe.each([
  ['toll-free', tollFree, '+14255550203', 0],
  ['local', local, '+14255550204', 1],
])('on the %s number', (_, service, subscriber, confirmations) => {
  test('STOP silences, START brings back, HELP is answered', async () => {
    await world.text(subscriber, service, 'STOP');
    const seen = await until('the opt-out', async () => {
      const known = await conversation(subscriber, service);
      return known.consent === 'revoked' ? known : undefined;
    });
    await world.received(subscriber, confirmations);
    const refused = await world.api('POST', `/conversations/${seen.id}/messages`, { text: 'Are you sure?' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'opted-out' } });
    await world.text(subscriber, service, 'HELP');
    await world.received(subscriber, confirmations + 1);
    await world.text(subscriber, service, 'START');
    await until('the opt-in', async () => (await conversation(subscriber, service)).consent === 'given' || undefined);
    await world.text(subscriber, service, 'hours');
    const texts = await world.received(subscriber, 2 * confirmations + 2);
    expect(texts).toHaveLength(2 * confirmations + 2);
  });
});

test('an agent answers through the API, once, and the bot leaves the conversation to them', async () => {
  const subscriber = '+14255550205';
  await world.text(subscriber, tollFree, 'hours');
  await world.received(subscriber, 1);
  const { id } = await conversation(subscriber, tollFree);
  const send = () =>
    world.api('POST', `/conversations/${id}/messages`, { text: 'This is Ada.' }, { 'idempotency-key': 'one' });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status]).toEqual([202, 202]);
  await world.text(subscriber, tollFree, 'hello Ada');
  await until('her text', async () => (await entries({ id } as Seen)).find(({ text }) => text === 'hello Ada'));
  expect(await world.received(subscriber, 2)).toEqual([expect.any(String), 'This is Ada.']);
});

test('a text that is not delivered is failed, with the carrier’s reason', async () => {
  await world.dial({ sms: { reportFailed: { probability: 1, details: 'Unreachable.' } } });
  await world.text('+14255550206', tollFree, 'hours');
  await world.received('+14255550206', 1);
  const seen = await conversation('+14255550206', tollFree);
  expect(await latest(seen, 'failed')).toMatchObject({ reason: expect.stringContaining('Unreachable') });
  await world.dial({ sms: null });
});

test('what was said is still there after a restart, and the conversation goes on', async () => {
  const subscriber = '+14255550207';
  await world.text(subscriber, tollFree, 'hours');
  await world.received(subscriber, 1);
  await world.restart();
  const seen = await conversation(subscriber, tollFree);
  expect(await entries(seen)).toHaveLength(2);
  await world.text(subscriber, tollFree, 'hours');
  await world.received(subscriber, 2);
  expect(await entries(seen)).toHaveLength(4);
});

test('a text whose delivery fails while the app is killed is answered once it is back', async () => {
  const subscriber = '+14255550208';
  await world.dial({ sms: { status429: 1 } });
  await world.text(subscriber, tollFree, 'hours');
  const seen = await conversation(subscriber, tollFree);
  await latest(seen, 'queued');
  await world.restart('SIGKILL');
  await world.received(subscriber, 1);
  expect(await latest(seen, 'delivered')).toMatchObject({ direction: 'outbound' });
});

test('Ctrl-C ends all of it, with exit code 0', async () => {
  const own = await realWorld();
  expect(await own.stop()).toBe(0);
  await own.close();
});

test('a taken port is told, once, with the setting that moves it', async () => {
  const port = new URL(world.functions).port;
  const told = `\nPort ${port} is in use by another program. End that program, or set FUNCTIONS_PORT to another port.\n`;
  const said = await realWorld('start', { FUNCTIONS_PORT: port }).catch(({ message }: Error) => message);
  expect(String(said).split(told)).toHaveLength(2);
  expect(String(said).match(/FUNCTIONS_PORT|EADDRINUSE/g)).toEqual(['FUNCTIONS_PORT']);
});
