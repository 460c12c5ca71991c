import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { appSettings, type Places } from '../local/appSettings.ts';
import { startAzurite } from '../local/azurite.ts';
import { consoleLog } from '../local/consoleLog.ts';
import { freePort } from '../local/ports.ts';
import { apart } from '../local/settings.ts';
import { startWorld, type World } from '../local/world.ts';
import { floorTables } from './byHand.ts';
import { type Child, startChild } from './child.ts';
import type { FloorQuestion } from './floorProcess.ts';
import type { FunctionsQuestion } from './functionsProcess.ts';
import type { Group } from './group.ts';
import { buildPrograms, type Programs } from './programs.ts';
import type { Template } from './template.ts';

/** The day's cap is not what is measured: every process leases of it, and thousands of texts spend it. */
const aDayWithoutEnd = { SEGMENTS_PER_DAY: '999999999' };

/** The long code of the example world, which has no rate limit of its own. */
export const serviceNumber = '+14255550100';

/** Where everything is measured: the local world with its storage in memory, and the programs measured against it. */
export interface Arena {
  readonly root: string;
  readonly world: World;
  readonly storage: string;
  /** Port to which Event Grid delivers. */
  readonly port: number;
  readonly directory: string;
  readonly programs: Programs;
  /** The app's environment; `storage`, where it is reached by another way. */
  environment(storage?: string): Readonly<Record<string, string | undefined>>;
  /** A process of its own, with arguments for Node, ended with the arena at the latest. */
  spawn(program: keyof Programs, execArgv?: readonly string[]): Child;
  close(): Promise<void>;
}

/** Everything is on 127.0.0.1, on free ports, and gone after `close`. `directory`: an empty folder, deleted with it. */
export async function openArena(root: string, directory: string): Promise<Arena> {
  const closes: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  try {
    return { ...(await build(root, directory, closes)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closes = (() => Promise<unknown>)[];

async function build(root: string, directory: string, closes: Closes): Promise<Omit<Arena, 'close'>> {
  const programs = await buildPrograms(join(directory, 'programs'));
  const azurite = await startAzurite({
    directory: join(directory, 'azurite'),
    ports: { blob: 0, queue: 0, table: 0 },
    inMemory: true,
  });
  closes.push(() => azurite.close());
  const storage = azurite.connectionString();
  const { world, places, port } = await worldAround(root, directory, storage);
  closes.push(() => world.close());
  for (const table of Object.values(floorTables))
    await TableClient.fromConnectionString(storage, table, { allowInsecureConnection: true }).createTable();
  return {
    root,
    world,
    storage,
    port,
    directory,
    programs,
    environment: (way = storage) => appSettings(root, { ...places, storage: way }, aDayWithoutEnd),
    spawn(program, execArgv) {
      const child = startChild(programs[program], execArgv);
      closes.push(() => child.end());
      return child;
    },
  };
}

async function worldAround(root: string, directory: string, storage: string) {
  const port = await freePort();
  let places: Places = { storage, acs: '', issuer: '' };
  const world = await startWorld({
    root,
    settings: apart(join(directory, 'world'), port),
    environment: aDayWithoutEnd,
    functions: false,
    log: consoleLog('error'),
    storage,
    reroute: async (known) => {
      places = known;
      return known;
    },
  });
  // Reports would be work of the app that the floor has not.
  world.dials.change({ sms: { rateLimits: false, reportMissing: 1 } });
  return { world, places, port };
}

interface Start {
  /** 0 for any. */
  readonly port?: number;
  /** By which way it reaches its storage. */
  readonly storage?: string;
  /** For Node. */
  readonly execArgv?: readonly string[];
  /** Settings that are others than the world's. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The local host with the app. */
export async function startFunctions(
  { root, spawn, environment, port: delivered }: Arena,
  { port = delivered, storage, execArgv, settings }: Start = {},
): Promise<{ readonly child: Child; readonly url: string }> {
  const child = spawn('functions', execArgv);
  const question: FunctionsQuestion = { type: 'start', root, port, env: { ...environment(storage), ...settings } };
  return { child, url: await child.ask<string>(question) };
}

/** What is made by hand. */
export async function startFloor(arena: Arena, template: Template, group: Group): Promise<Child> {
  const child = arena.spawn('floor');
  const { storage, world } = arena;
  const acs = world.acs.connectionString;
  const question: FloorQuestion = { type: 'start', storage, acs, from: serviceNumber, template, group };
  await child.ask(question);
  return child;
}
