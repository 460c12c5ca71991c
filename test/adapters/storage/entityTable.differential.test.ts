import fc from 'fast-check';
import { expect, test } from 'vitest';
import { azureEntityTable } from '../../../shared/adapters/storage/azureEntityTable.ts';
import { memoryEntityTable } from '../../../shared/adapters/storage/memoryEntityTable.ts';
import { takeAccount } from '../../support/storage.ts';
import { commands, run } from './tableCommands.ts';

const sequences = 2_000;
/** Run side by side. Each has a table of its own, for Azurite looks through a whole table at each query. */
const lanes = 16;

test(`${sequences} random sequences of commands have the same outcome in memory and on Azurite`, {
  timeout: 180_000,
}, async () => {
  const connectionString = takeAccount();
  const lane = async (_: unknown, n: number) => {
    const azure = azureEntityTable({ connectionString, table: `lane${n}` });
    const memory = memoryEntityTable();
    let partitions = 0;
    const alike = fc.asyncProperty(commands, async (all) => {
      partitions += 1;
      const onAzure = await run(azure, `p${partitions}`, all);
      expect(onAzure).toEqual(await run(memory, `p${partitions}`, all));
    });
    await fc.assert(alike, { numRuns: sequences / lanes });
  };
  await Promise.all(Array.from({ length: lanes }, lane));
});

test('such sequences meet every outcome there is', async () => {
  const drawn = fc.sample(commands, { numRuns: 500, seed: 1 });
  const outcomes = await Promise.all(drawn.map((all) => run(memoryEntityTable(), 'p', all)));
  const told = JSON.stringify(outcomes, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  for (const word of ['done', 'exists', 'missing', 'changed', 'storage-failed', 'invalid-input', 'cursor'])
    expect(told).toContain(`"${word}"`);
});
