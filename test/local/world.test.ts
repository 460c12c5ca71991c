import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../local/ports.ts';
import { apart } from '../../local/settings.ts';
import { startWorld, type World } from '../../local/world.ts';
import { takeAccount } from '../support/storage.ts';
import { root } from '../support/world.ts';

/** Emulators on free ports. */
const emulators = async (directory: string): Promise<World> =>
  startWorld({
    root,
    settings: apart(directory, await freePort()),
    environment: {},
    functions: false,
    storage: takeAccount(),
    log: () => {},
  });

async function aDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-world-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

test('two worlds never share their data: the second is refused, the first goes on, and the next finds its texts', async () => {
  const directory = await aDirectory();
  const first = await emulators(directory);
  await expect(emulators(directory)).rejects.toThrow(`${directory} is in use by process ${process.pid}`);
  await first.acs.carrier.text('+14255550123', '+18005550100', 'STOP');
  const notices = first.acs.carrier.notices();
  await first.close();
  expect(readdirSync(directory).sort()).toEqual(['acs.jsonl', 'events.jsonl', 'identities.jsonl', 'tls']);

  const next = await emulators(directory);
  expect(next.acs.carrier.notices()).toEqual(notices);
  expect(readFileSync(join(directory, 'world.pid'), 'utf8')).toBe(String(process.pid));
  await next.close();
});

test('a world that cannot start lets go of its data', async () => {
  const directory = await aDirectory();
  const other = await emulators(await aDirectory());
  onTestFinished(() => other.close());
  const acsPort = Number(new URL(other.acs.url).port);
  const settings = { ...apart(directory, await freePort()), acsPort };
  const options = { root, settings, environment: {}, functions: false, storage: takeAccount(), log: () => {} };
  await expect(startWorld(options)).rejects.toThrow(`Port ${acsPort} is in use`);
  await (await emulators(directory)).close();
});
