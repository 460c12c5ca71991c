import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { TableClient } from '@azure/data-tables';
import { expect, onTestFinished, test } from 'vitest';
import {
  type AzuriteOptions,
  connectionStringOf,
  emulatorAccount,
  StoragePortTaken,
  startAzurite,
} from '../../local/azurite.ts';

const anyPorts = { blob: 0, queue: 0, table: 0 };

async function aDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'azurite-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function anAzurite(options: Partial<AzuriteOptions> = {}) {
  const azurite = await startAzurite({ directory: await aDirectory(), ports: anyPorts, ...options });
  onTestFinished(() => azurite.close());
  return azurite;
}

const tableAt = (connectionString: string) =>
  TableClient.fromConnectionString(connectionString, 'kept', { allowInsecureConnection: true });

/** Resolves once nobody listens there. */
async function closed(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (!open) return;
    await once(socket.resume(), 'close');
  }
}

test('it listens on free ports and keeps its data from one run to the next', async () => {
  const directory = await aDirectory();
  const told: string[] = [];
  const first = await anAzurite({ directory, onExit: (what) => told.push(what) });
  expect(new Set(Object.values(first.ports)).size).toBe(3);
  await tableAt(first.connectionString()).createTable();
  await tableAt(first.connectionString()).createEntity({ partitionKey: 'p', rowKey: 'a', n: 1 });
  await first.close();
  expect(told).toEqual([]);

  const second = await anAzurite({ directory, ports: first.ports });
  expect(second.ports).toEqual(first.ports);
  expect(await tableAt(second.connectionString()).getEntity('p', 'a')).toMatchObject({ n: 1 });
});

test('in memory it writes nothing; its accounts are those it was given', async () => {
  const directory = join(await aDirectory(), 'made', 'for', 'it');
  const account = { name: 'own', key: Buffer.from('key').toString('base64') };
  const azurite = await anAzurite({ directory, inMemory: true, accounts: [account] });
  await tableAt(azurite.connectionString(account)).createTable();
  const stranger = tableAt(azurite.connectionString());
  await expect(stranger.createTable()).rejects.toMatchObject({ statusCode: 404 });
  await azurite.close();
  expect(await readdir(directory)).toEqual([]);
});

test('a port in use is told with its service', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const started = startAzurite({ directory: await aDirectory(), ports: { ...anyPorts, queue: port } });
  const failure = await started.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoragePortTaken);
  expect(failure).toMatchObject({ service: 'queue', port, message: expect.stringContaining(`${port}`) });
});

test('what else keeps it from starting is told in its own words', async () => {
  const started = startAzurite({ directory: await aDirectory(), ports: { ...anyPorts, table: 70_000 } });
  await expect(started).rejects.toThrow(/^Azurite ended by itself \(exit code 1\): .*70000/);
});

test('one that is ended from outside says so', async () => {
  const told = Promise.withResolvers<string>();
  const azurite = await anAzurite({ onExit: told.resolve });
  process.kill(azurite.pid, 'SIGKILL');
  expect(await told.promise).toBe('Azurite ended by itself (SIGKILL): it gave no reason');
});

test('it ends with its parent, however that ends, and its data is there for the next one', async () => {
  const directory = await aDirectory();
  const program = `
    import { startAzurite } from '${resolve(import.meta.dirname, '../../local/azurite.ts')}';
    const { ports } = await startAzurite({ directory: '${directory}', ports: { blob: 0, queue: 0, table: 0 } });
    console.log(ports.table);
    process.stdin.resume();
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  const [line] = await once(createInterface(parent.stdout), 'line');
  const table = tableAt(connectionStringOf(emulatorAccount, { ...anyPorts, table: Number(line) }));
  await table.createTable();
  await table.createEntity({ partitionKey: 'p', rowKey: 'a', n: 1 });
  parent.kill('SIGKILL');
  const next = await anAzurite({ directory });
  expect(await tableAt(next.connectionString()).getEntity('p', 'a')).toMatchObject({ n: 1 });
  await closed(Number(line));
});
