import { expect, test } from 'vitest';
import { packagesLoaded } from '../../support/packagesLoaded.ts';

test('only who asks for a token evaluates what makes one', () => {
  const { made, withKey, withIdentity } = packagesLoaded<'made' | 'withKey' | 'withIdentity'>(`
    const { managedIdentity } = await load('adapters/entra/managedIdentity.ts');
    const { azureEntityTable } = await load('adapters/storage/azureEntityTable.ts');
    const { acsSmsSender } = await load('adapters/acs/acsSmsSender.ts');
    const credential = managedIdentity(undefined);
    const key = { partition: 'p', row: 'r' };
    const common = { table: 'any', retry: { maxRetries: 0 }, deadlineMs: 1 };
    const byKey = azureEntityTable({ ...common, connectionString: 'UseDevelopmentStorage=true' });
    const endpoints = { table: 'https://127.0.0.1:9', queue: '', blob: '' };
    const byIdentity = azureEntityTable({ ...common, endpoints, credential });
    acsSmsSender({ endpoint: 'https://127.0.0.1:9', credential }, { now: () => 0 });
    note('made');
    await byKey.get(key).catch(() => {});
    note('withKey');
    await byIdentity.get(key).catch(() => {});
    note('withIdentity');
  `);
  const entra = '@azure/identity';
  expect(made).not.toContain(entra);
  expect(withKey).not.toContain(entra);
  expect(withIdentity).toContain(entra);
});
