import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type StoragePorts, startAzurite } from '../../local/azurite.ts';
import { buildApp } from '../../scripts/build.ts';
import { buildConsole } from '../../scripts/consoleBuild.ts';
import { accounts } from './accounts.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's one Azurite, and the folder in which tests claim its accounts. */
    storage: { readonly ports: StoragePorts; readonly claims: string };
  }
}

/** Once for a whole run: the app's bundle and console, which end-to-end tests start, and one Azurite with an account for every test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-test-'));
  const claims = join(directory, 'claims');
  await mkdir(claims);
  const [azurite] = await Promise.all([
    startAzurite({
      directory: join(directory, 'azurite'),
      ports: { blob: 0, queue: 0, table: 0 },
      accounts,
      inMemory: true,
      onExit: (what) => console.error(what),
    }),
    buildApp().then(() => buildConsole()),
  ]);
  project.provide('storage', { ports: azurite.ports, claims });
  return async () => {
    await azurite.close();
    await rm(directory, { recursive: true, force: true });
  };
}
