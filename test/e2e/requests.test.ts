import { afterAll, beforeAll, expect, test } from 'vitest';
import { countWire, type WireCounter } from '../support/wireCounter.ts';
import { aWorld, type TestWorld } from '../support/world.ts';

const tollFree = '+18005550100';
const subscriber = '+14255550301';
type Endpoint = 'storage' | 'queue' | 'blob' | 'acs';

let world: TestWorld;
let wire: WireCounter<Endpoint>;

/** The world with a counter before everything that the app calls. */
beforeAll(async () => {
  world = await aWorld({
    async reroute(places) {
      const origin = (name: string) => new RegExp(`${name}Endpoint=(http://[^/]+)`).exec(places.storage)?.[1] ?? '';
      const acs = /endpoint=(http:\/\/[^/]+)/.exec(places.acs)?.[1] ?? '';
      const origins = { storage: origin('Table'), queue: origin('Queue'), blob: origin('Blob'), acs };
      wire = await countWire<Endpoint>(origins);
      const storage = places.storage
        .replace(origins.storage, wire.urls.storage)
        .replace(origins.queue, wire.urls.queue)
        .replace(origins.blob, wire.urls.blob);
      return { ...places, storage, acs: places.acs.replace(acs, wire.urls.acs) };
    },
  });
  // The first text of all makes the tables.
  await answered('hours');
});
afterAll(async () => {
  await world.close();
  await wire.close();
});

async function answered(message: string): Promise<void> {
  await world.acs.carrier.text(subscriber, tollFree, message);
  await world.settled();
}

/** What passed, without the host's polling of the queues, which is there whether or not anybody texts. */
const passed = (requests = wire.requests()) =>
  requests.filter(({ to, method, path }) => !(to === 'queue' && method === 'GET' && path.endsWith('/messages')));

test('a text with a reply costs four storage requests, its report one, and one send', async () => {
  world.dials.change({ sms: { reportMissing: 1 } });
  wire.clear();
  await answered('hours');
  const spent = passed();
  expect(spent.filter(({ to }) => to === 'acs')).toHaveLength(1);
  expect(spent.filter(({ to }) => to !== 'acs').map(({ to }) => to)).toEqual([
    'storage',
    'storage',
    'storage',
    'storage',
  ]);
  world.dials.change({ sms: null });
});

test('before the text leaves, its conversation costs two', async () => {
  wire.clear();
  await answered('hours');
  const spent = passed();
  const sent = spent.findIndex(({ to }) => to === 'acs');
  // The inbox row moves beside the send, and may be on its way first.
  const inConversation = spent.slice(0, sent).filter(({ path }) => !path.includes('inbox'));
  expect(inConversation.length).toBeLessThanOrEqual(2);
});

test('a delivered report costs one', async () => {
  world.dials.change({ sms: { reportMissing: 1 } });
  await answered('hours');
  world.dials.change({ sms: { reportMissing: 0, reportDelayMs: 0 } });
  wire.clear();
  await answered('hours');
  expect(passed().filter(({ to }) => to !== 'acs')).toHaveLength(5);
});

test('it costs no more however many conversations there are and however long they get', async () => {
  world.dials.change({ sms: { reportMissing: 1, rateLimits: false } });
  for (let n = 0; n < 8; n++) {
    await world.acs.carrier.text(`+1425555040${n}`, tollFree, 'hours');
    await answered('hello');
  }
  wire.clear();
  await world.acs.carrier.text('+14255550409', tollFree, 'hours');
  await world.settled();
  expect(passed().filter(({ to }) => to !== 'acs')).toHaveLength(4);
  world.dials.change({ sms: null });
});
