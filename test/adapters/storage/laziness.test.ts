import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared/adapters/storage');

/** Node's own loader is asked, in a process where nothing else has loaded an SDK. */
const program = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /node_modules\\/(@azure\\/[^/]+)\\//.exec(url) ?? [];
      if (name) packages.add(name);
      return next(url, context);
    },
  });
  const { azureEntityTable } = await import('${folder}/azureEntityTable.ts');
  const { wakeQueue } = await import('${folder}/wakeQueue.ts');
  const { droppedBlobs } = await import('${folder}/droppedBlobs.ts');
  const storage = { connectionString: 'UseDevelopmentStorage=true', clock: { now: () => 0 }, retry: { maxRetries: 0 }, deadlineMs: 1 };
  const table = azureEntityTable({ ...storage, table: 'any' });
  wakeQueue(storage);
  droppedBlobs(storage);
  const made = [...packages];
  await table.get({ partition: 'p', row: 'a' }).catch(() => {});
  console.log(JSON.stringify({ made, reading: [...packages] }));
`;

test('making the adapters evaluates no SDK; reading a table evaluates that of tables alone', () => {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  const { made, reading } = JSON.parse(told);
  expect(made).toEqual([]);
  expect(reading).toContain('@azure/data-tables');
  expect(reading).not.toContain('@azure/storage-queue');
  expect(reading).not.toContain('@azure/storage-blob');
});
