import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../local/ports.ts';
import { apart, type LocalSettings } from '../../local/settings.ts';
import { startWorld, type World, type WorldOptions } from '../../local/world.ts';
import type { LogFields } from '../../shared/core/logger.ts';
import { takeAccount } from './storage.ts';

export const root = resolve(import.meta.dirname, '../..');

export interface TestWorld extends World {
  readonly logged: readonly (LogFields & { readonly event: string })[];
}

/** The whole world in this process, with the shipped bundle, on free ports and with a storage account of its own. */
export async function aWorld({
  functionsCors,
  ...options
}: Partial<Pick<WorldOptions, 'environment' | 'reroute' | 'functions' | 'storage'>> &
  Pick<LocalSettings, 'functionsCors'> = {}): Promise<TestWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-world-'));
  const logged: (LogFields & { event: string })[] = [];
  const world = await startWorld({
    root,
    settings: { ...apart(directory, await freePort()), functionsCors },
    environment: {},
    functions: true,
    storage: takeAccount(),
    log: (_, event, fields = {}) => logged.push({ event, ...fields }),
    ...options,
  });
  return {
    ...world,
    logged,
    async close() {
      await world.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
