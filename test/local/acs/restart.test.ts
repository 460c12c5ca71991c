import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anAcs, local, subscriber, tollFree } from './anAcs.ts';
import { repeatable, repeating } from './repeatable.ts';

const directory = mkdtempSync(join(tmpdir(), 'acs-'));
afterAll(() => rmSync(directory, { recursive: true }));

const wanted = { enableDeliveryReport: true, tag: 'order-77' };

test('a world that is started again knows what it knew', async () => {
  const journal = join(directory, 'known.jsonl');
  const id = '793402d5-4941-41ca-bea9-aea0ee32c183';
  const before = await anAcs({ journal, turned: { sms: { reportDelayMs: 60_000 } } });
  const firstSent = before.timers.now();
  await before.carrier.text(subscriber, tollFree, 'STOP');
  const text = { from: local, to: [subscriber], message: 'hello' };
  const [first] = await before.client(repeatable).send(text, repeating(id, firstSent));
  await before.send({ from: tollFree }, wanted);
  const sent = before.carrier.sent();
  await before.close();
  expect(before.eventGrid.reports()).toEqual([]);

  const after = await anAcs({ journal });
  expect(after.carrier.sent()).toEqual(sent);
  expect(after.carrier.notices()).toEqual(before.carrier.notices());
  expect(await after.client(repeatable).send(text, repeating(id, firstSent))).toEqual([first]);
  expect(after.carrier.sent()[0]).toMatchObject({ attempts: 2 });

  await after.carrier.text(subscriber, local, 'hi');
  const stamps = [before, after].map(({ eventGrid }) => String(eventGrid.published[0]?.data['receivedTimestamp']));
  expect(stamps[1]! > stamps[0]!).toBe(true);

  after.timers.advance(60_000);
  await after.settled();
  expect(after.eventGrid.reports().map(({ data }) => data)).toMatchObject([
    { messageId: first!.messageId, deliveryStatus: 'Delivered' },
    { deliveryStatus: 'Failed', deliveryStatusDetails: 'Sender blocked for given recipient.', tag: 'order-77' },
  ]);
  await after.close();

  const last = await anAcs({ journal });
  last.timers.advance(60_000);
  await last.settled();
  expect(last.eventGrid.published).toEqual([]);
  await last.close();
});

test('a fresh world stays fresh after a restart', async () => {
  const journal = join(directory, 'fresh.jsonl');
  const before = await anAcs({ journal });
  await before.send();
  await fetch(`${before.url}/admin/reset`, { method: 'POST' });
  await before.close();
  const after = await anAcs({ journal });
  expect(after.carrier.sent()).toEqual([]);
  await after.close();
});

test('a taken port is named, and nothing is left running', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(anAcs({ port, journal: join(directory, 'taken.jsonl') })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${port} is in use by another program.`,
  });
  other.close();
});

test('a service number that cannot be one stops the start', async () => {
  await expect(anAcs({ numbers: ['18005550100'] })).rejects.toThrow('"18005550100" is no service number');
});
