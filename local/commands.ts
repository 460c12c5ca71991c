import { once } from 'node:events';
import { resolve } from 'node:path';
import { announce } from './announce.ts';
import { consoleLog } from './consoleLog.ts';
import { demo } from './demo/demo.ts';
import { environment, readLocalSettings } from './settings.ts';
import { startWorld } from './world.ts';

const root = resolve(import.meta.dirname, '..');

const commands: Readonly<Record<string, () => Promise<void>>> = {
  start: () => runWorld(true),
  emulators: () => runWorld(false),
  demo: () => demo(root, environment),
};

/** Runs one of `start`, `emulators` and `demo`; whatever stops it is told once, in words, and makes the exit code 1. */
export async function run(name = ''): Promise<void> {
  const command = commands[name];
  try {
    if (command === undefined) throw new Error(`Say one of ${Object.keys(commands).join(', ')}, not "${name}".`);
    await command();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

async function runWorld(functions: boolean): Promise<void> {
  const settings = readLocalSettings(root);
  const stopped = interrupted();
  console.log('Starting Azurite, Event Grid, ACS, the carrier and the sign-in…');
  const world = await startWorld({ root, settings, environment, functions, log: consoleLog('info') });
  console.log(announce(world, settings.directory));
  await stopped;
  console.log('\nEnding…');
  await world.close();
}

/** Ctrl-C, or a polite kill; a second one ends the process at once. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.once('SIGINT', () => process.exit(130));
}
