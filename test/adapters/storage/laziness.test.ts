import { expect, test } from 'vitest';
import { packagesLoaded } from '../../support/packagesLoaded.ts';

test('making the adapters evaluates no SDK; reading a table evaluates that of tables alone', () => {
  const { made, reading } = packagesLoaded<'made' | 'reading'>(`
    const { azureEntityTable } = await load('adapters/storage/azureEntityTable.ts');
    const { wakeQueue } = await load('adapters/storage/wakeQueue.ts');
    const { droppedBlobs } = await load('adapters/storage/droppedBlobs.ts');
    const clock = { now: () => 0 };
    const storage = { connectionString: 'UseDevelopmentStorage=true', clock, retry: { maxRetries: 0 }, deadlineMs: 1 };
    const table = azureEntityTable({ ...storage, table: 'any' });
    wakeQueue(storage);
    droppedBlobs(storage);
    note('made');
    await table.get({ partition: 'p', row: 'a' }).catch(() => {});
    note('reading');
  `);
  expect(made).toEqual([]);
  expect(reading).toContain('@azure/data-tables');
  expect(reading).not.toContain('@azure/storage-queue');
  expect(reading).not.toContain('@azure/storage-blob');
});
