import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { vacated } from './occupancy.ts';

export const storageServices = ['blob', 'queue', 'table'] as const;
export type StorageService = (typeof storageServices)[number];
export type StoragePorts = Readonly<Record<StorageService, number>>;

export interface StorageAccount {
  readonly name: string;
  /** In base64. */
  readonly key: string;
}

/** The emulator's account, the same everywhere and no secret (https://learn.microsoft.com/azure/storage/common/storage-connect-azurite). */
export const emulatorAccount: StorageAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

export interface AzuriteOptions {
  /** Where its data lies; made if it is not there. */
  readonly directory: string;
  /** 0: a free one. */
  readonly ports: StoragePorts;
  /** Instead of the emulator's own account. */
  readonly accounts?: readonly StorageAccount[];
  /** Nothing is written to the directory, and all is gone at the end. */
  readonly inMemory?: boolean;
  /** Told in words when it ends without having been asked to. */
  readonly onExit?: (what: string) => void;
}

export interface Azurite {
  readonly pid: number;
  readonly ports: StoragePorts;
  connectionString(account?: StorageAccount): string;
  /** Writes its data and ends it. */
  close(): Promise<void>;
}

/** A port that Azurite was to listen on is taken. */
export class StoragePortTaken extends Error {
  override readonly name = 'StoragePortTaken';
  readonly service: StorageService;
  readonly port: number;

  constructor(service: StorageService, port: number) {
    super(`Port ${port}, where Azurite's ${service} service should listen, is in use.`);
    this.service = service;
    this.port = port;
  }
}

/** How long it may take to end by itself, in milliseconds: writing its data takes well under a second. */
const grace = 5_000;
const ready = /^Azurite (Blob|Queue|Table) service is successfully listening at http:\/\/.*:(\d+)/;
/**
 * Loaded ahead of Azurite: when its standard input closes, it ends as on SIGTERM. We close it to end Azurite, and the
 * system closes it when this process dies, in whatever way. Then nobody reads what it says, which must not keep it from
 * writing its data.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  "for (const deaf of [process.stdout, process.stderr]) deaf.on('error', () => {});" +
    "process.stdin.once('close', () => process.emit('SIGTERM') || process.exit()).resume().unref();",
)}`;
const portTaken = /EADDRINUSE.*:(\d+)/;

/** Runs Azurite in a process of its own, which ends with this one; resolves when all three services listen. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  await mkdir(options.directory, { recursive: true });
  const pidFile = options.inMemory ? undefined : join(options.directory, 'azurite.pid');
  // Of a world that was killed, Azurite goes on for a moment, to write what the next one is to read.
  if (pidFile !== undefined) await vacated(pidFile, grace);
  const child = launch(options);
  if (pidFile !== undefined && child.pid) await writeFile(pidFile, String(child.pid));
  const exited: Promise<unknown[]> = once(child, 'close');
  const complaints = collect(child.stderr);
  const ports = await listening(child.stdout);
  if (!ports) throw deathOf(await exited, complaints(), options.ports);

  let closing = false;
  void exited.then((exit) => {
    if (!closing) options.onExit?.(deathOf(exit, complaints(), ports).message);
  });
  return {
    pid: child.pid ?? 0,
    ports,
    connectionString: (account = emulatorAccount) => connectionStringOf(account, ports),
    close: async () => {
      closing = true;
      await end(child, exited);
      if (pidFile !== undefined) await rm(pidFile, { force: true });
    },
  };
}

export function connectionStringOf({ name, key }: StorageAccount, ports: StoragePorts): string {
  const endpoint = (service: StorageService) => `http://127.0.0.1:${ports[service]}/${name};`;
  return (
    `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};` +
    `BlobEndpoint=${endpoint('blob')}QueueEndpoint=${endpoint('queue')}TableEndpoint=${endpoint('table')}`
  );
}

/** Its data lies in its working directory, as it does by default. Its environment is empty: it must not depend on ours. */
function launch({ directory, ports, accounts, inMemory }: AzuriteOptions): ChildProcessWithoutNullStreams {
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const listen = storageServices.flatMap((service) => [
    `--${service}Host=127.0.0.1`,
    `--${service}Port=${ports[service]}`,
  ]);
  const settings = [
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
    ...(inMemory ? ['--inMemoryPersistence'] : []),
  ];
  const known = accounts?.map(({ name, key }) => `${name}:${key}`).join(';');
  return spawn(process.execPath, ['--import', endWithParent, program, ...listen, ...settings], {
    cwd: directory,
    env: known === undefined ? {} : { AZURITE_ACCOUNTS: known },
    // A process group of its own, so that Ctrl+C in a terminal reaches it by way of us, after those who still write.
    detached: true,
  });
}

/** It says on which ports it listens, of which those asked for as 0 were not known; `undefined` if it ended before it had said all. */
async function listening(output: Readable): Promise<StoragePorts | undefined> {
  const ports = new Map<string, number>();
  for await (const line of createInterface(output)) {
    const [, service = '', port] = ready.exec(line) ?? [];
    if (port) ports.set(service.toLowerCase(), Number(port));
    if (ports.size === storageServices.length) break;
  }
  output.resume();
  const [blob, queue, table] = storageServices.map((service) => ports.get(service));
  return blob && queue && table ? { blob, queue, table } : undefined;
}

/** Keeps the last of what is written there, for the words about its end. */
function collect(errors: Readable): () => string {
  let text = '';
  errors.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-2_000);
  });
  return () => text.trim();
}

function deathOf([code, signal]: readonly unknown[], complaints: string, ports: StoragePorts): Error {
  const port = Number(portTaken.exec(complaints)?.[1]);
  const service = storageServices.find((name) => ports[name] === port);
  if (service) return new StoragePortTaken(service, port);
  return new Error(`Azurite ended by itself (${signal ?? `exit code ${code}`}): ${complaints || 'it gave no reason'}`);
}

async function end(child: ChildProcessWithoutNullStreams, exited: Promise<unknown>): Promise<void> {
  const onTime = new AbortController();
  const late = setTimeout(grace, undefined, onTime).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  child.stdin.end();
  await exited;
  onTime.abort();
  await late;
}
