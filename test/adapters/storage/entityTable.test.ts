import { describe } from 'vitest';
import { azureEntityTable } from '../../../shared/adapters/storage/azureEntityTable.ts';
import { memoryEntityTable } from '../../../shared/adapters/storage/memoryEntityTable.ts';
import { takeAccount } from '../../support/storage.ts';
import { entityTableContract } from './entityTable.contract.ts';

describe('the table in memory', () => {
  entityTableContract(memoryEntityTable);
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
