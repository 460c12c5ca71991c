import { describe, expect, test } from 'vitest';
import { azureEntityTable } from '../../../shared/adapters/storage/azureEntityTable.ts';
import { memoryEntityTable } from '../../../shared/adapters/storage/memoryEntityTable.ts';
import { takeAccount } from '../../support/storage.ts';
import { entityTableContract } from './entityTable.contract.ts';

describe('the table in memory', () => {
  entityTableContract(memoryEntityTable);

  test('tells all that is in it, in order', async () => {
    const table = memoryEntityTable();
    for (const [partition, row] of [
      ['q', 'a'],
      ['p', 'b'],
      ['p', 'a'],
    ] as const)
      await table.transact(partition, [{ type: 'insert', row, columns: {} }]);
    expect(table.entities().map(({ partition, row }) => partition + row)).toEqual(['pa', 'pb', 'qa']);
  });
});

describe('the Table service', () => {
  let tables = 0;
  let account: string | undefined;
  entityTableContract(() => {
    account ??= takeAccount();
    tables += 1;
    return azureEntityTable({ connectionString: account, table: `contract${tables}` });
  });
});
