import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { afterEach, expect, test } from 'vitest';
import { appSettings, exampleSettings, type Places } from '../../local/appSettings.ts';
import { freePort } from '../../local/ports.ts';
import { apart } from '../../local/settings.ts';
import { startWorld, type World } from '../../local/world.ts';
import { until } from '../support/realWorld.ts';
import { takeAccount } from '../support/storage.ts';
import { root } from '../support/world.ts';
import { type Fate, type Gate, gated, type Warden } from './gate.ts';
import { type Host, startHost } from './host.ts';
import { quick, some } from './outage.ts';

const topic = exampleSettings(root)['ACS_RESOURCE_ID'];
const service = '+14255550100';
const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

interface Town {
  readonly world: World;
  /** The host to which Event Grid delivers, behind these wardens; another one can take its place, once it is gone. */
  start(wardens?: Wardens): Promise<Host>;
  /** Another host, which sees to the queue only. */
  beside(): Promise<Host>;
}

interface Wardens {
  readonly acs?: Warden;
  readonly storage?: Warden;
}

/** A world without functions, and hosts as processes of their own. */
async function town(): Promise<Town> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-processes-'));
  closes.push(() => rm(directory, { recursive: true, force: true }));
  let places: Places = { storage: '', acs: '', issuer: '' };
  const world = await startWorld({
    root,
    settings: apart(directory, port),
    environment: {},
    functions: false,
    storage: takeAccount(),
    log: () => {},
    async reroute(known) {
      places = known;
      return known;
    },
  });
  closes.push(() => world.close());
  world.dials.change({ timeScale: 20, sms: { reportMissing: 1 } });
  async function begin(at: number, wardens: Wardens = {}): Promise<Host> {
    const behind = await gated(places, wardens);
    closes.push(() => Promise.all(behind.gates.map((gate: Gate) => gate.close())));
    const host = await startHost(appSettings(root, behind.places, quick), at);
    closes.push(() => host.kill());
    return host;
  }
  return { world, start: (wardens) => begin(port, wardens), beside: () => begin(0) };
}

/** Lets everything through until something comes that it was set for; that waits, and whoever stands by is told. */
function trap(springs: (path: string) => boolean, then: Fate) {
  const sprung = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let set = true;
  const warden: Warden = async ({ path }) => {
    if (!set || !springs(path)) return 'pass';
    set = false;
    sprung.resolve();
    await released.promise;
    return then;
  };
  return { warden, sprung: sprung.promise, release: released.resolve };
}

const isSend = (path: string) => path.startsWith('/sms');

test('killed between the claim and the send: the next process sends, once', { timeout: 60_000 }, async () => {
  const { world, start } = await town();
  const { warden, sprung } = trap(isSend, 'reset');
  const host = await start({ acs: warden });
  const [subscriber = ''] = some(1);
  await world.acs.carrier.text(subscriber, service, 'hours');
  await sprung;
  await host.kill();
  expect(world.acs.carrier.sent({ to: subscriber })).toEqual([]);
  await start();
  await until('an answer', async () => world.acs.carrier.sent({ to: subscriber }).length || undefined);
  await world.settled();
  expect(world.acs.carrier.sent({ to: subscriber })).toMatchObject([{ attempts: 1 }]);
});

test('killed between the send and its mark: the next process asks again under the same id, and one text leaves', {
  timeout: 60_000,
}, async () => {
  const { world, start } = await town();
  const first = trap(isSend, 'mute');
  const host = await start({ acs: first.warden });
  const [subscriber = ''] = some(1);
  await world.acs.carrier.text(subscriber, service, 'hours');
  first.release();
  await until('the text to have left', async () => world.acs.carrier.sent({ to: subscriber }).length || undefined);
  await host.kill();
  await start();
  await until('another try', async () => world.acs.carrier.sent({ to: subscriber })[0]?.attempts === 2 || undefined);
  await world.settled();
  expect(world.acs.carrier.sent({ to: subscriber })).toHaveLength(1);
});

/** Stopped with its claim written and the answer to that still to be read; nothing of it has reached the provider. */
async function stoppedWithItsClaim({ world, start }: Town, subscriber: string) {
  const sends: string[] = [];
  const batches: (() => void)[] = [];
  const host = await start({
    acs({ path }) {
      sends.push(path);
      return 'pass';
    },
    storage({ path }) {
      if (path.endsWith('/$batch')) for (const arrived of batches.splice(0)) arrived();
      return 'pass';
    },
  });
  // The first text of all makes the tables.
  const [first = ''] = some(1);
  await world.acs.carrier.text(first, service, 'hours');
  await world.settled();
  sends.length = 0;
  const committing = new Promise<void>((resolve) => batches.push(resolve));
  await world.acs.carrier.text(subscriber, service, 'hours');
  await committing;
  host.signal('SIGSTOP');
  return { host, sends };
}

test('stopped with its claim for longer than that holds: another takes over, and one text leaves', {
  timeout: 60_000,
}, async () => {
  const place = await town();
  const [subscriber = ''] = some(1);
  const other = await place.beside();
  const { host, sends } = await stoppedWithItsClaim(place, subscriber);
  await deliverTo(other, place.world, subscriber);
  await until('an answer', async () => place.world.acs.carrier.sent({ to: subscriber }).length || undefined);
  expect(sends).toEqual([]);
  host.signal('SIGCONT');
  await until('all acknowledged', async () => isDone(place.world, subscriber) || undefined);
  expect(place.world.acs.carrier.sent({ to: subscriber })).toMatchObject([{ attempts: 1 }]);
  expect(sends).toEqual([]);
});

test('stopped with its claim while STOP comes: it sends nothing when it goes on, and nobody else does', {
  timeout: 60_000,
}, async () => {
  const place = await town();
  const [subscriber = ''] = some(1);
  const other = await place.beside();
  const { host, sends } = await stoppedWithItsClaim(place, subscriber);
  await place.world.acs.carrier.text(subscriber, service, 'STOP');
  await deliverTo(other, place.world, subscriber);
  // Only when the claim has lapsed does anybody end what it was for.
  await until(
    'the answer to be called off',
    async () => (await endCodes(place.world)).includes('opted-out') || undefined,
  );
  host.signal('SIGCONT');
  await until('all acknowledged', async () => isDone(place.world, subscriber) || undefined);
  const texts = place.world.acs.carrier.sent({ to: subscriber }).map(({ message }) => message);
  expect(texts).toEqual([expect.stringMatching(/no more/i)]);
  expect(sends).toEqual([]);
});

/** Why messages were ended. */
async function endCodes({ storage }: World): Promise<readonly unknown[]> {
  const table = TableClient.fromConnectionString(storage, 'conversations', { allowInsecureConnection: true });
  const rows: Record<string, unknown>[] = await Array.fromAsync(table.listEntities());
  return rows.map((row) => row['endCode']);
}

const textsFrom = ({ eventGrid }: World, subscriber: string) =>
  eventGrid.events().filter(({ event }) => JSON.stringify(event.data).includes(subscriber.slice(1)));

const isDone = (world: World, subscriber: string): boolean =>
  textsFrom(world, subscriber).every(({ deliveries }) => deliveries.every(({ state }) => state === 'delivered'));

/** As Event Grid would, to another instance than the one that stands still. */
async function deliverTo({ url }: Host, world: World, subscriber: string): Promise<void> {
  for (const { event } of textsFrom(world, subscriber)) {
    const response = await fetch(`${url}/runtime/webhooks/eventgrid?functionName=smsReceived`, {
      method: 'POST',
      headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/json' },
      body: JSON.stringify([{ ...event, topic, dataVersion: '1.0', metadataVersion: '1' }]),
    });
    expect(response.status).toBe(202);
  }
}
