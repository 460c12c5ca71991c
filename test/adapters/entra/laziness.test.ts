import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared');

/** Node's own loader is asked, in a process where nothing else has loaded Entra's library. */
const program = `
  import { registerHooks } from 'node:module';
  let evaluated = false;
  registerHooks({
    load(url, context, next) {
      evaluated ||= /node_modules\\/@azure\\/(identity|msal-[^/]+)\\//.test(url);
      return next(url, context);
    },
  });
  const { managedIdentity } = await import('${folder}/adapters/entra/managedIdentity.ts');
  const { azureEntityTable } = await import('${folder}/adapters/storage/azureEntityTable.ts');
  const { acsSmsSender } = await import('${folder}/adapters/acs/acsSmsSender.ts');
  const credential = managedIdentity(undefined);
  const key = { partition: 'p', row: 'r' };
  const byKey = azureEntityTable({ connectionString: 'UseDevelopmentStorage=true', table: 'any', retry: { maxRetries: 0 }, deadlineMs: 1 });
  const endpoints = { table: 'https://127.0.0.1:9', queue: '', blob: '' };
  const byIdentity = azureEntityTable({ endpoints, credential, table: 'any', retry: { maxRetries: 0 }, deadlineMs: 1 });
  acsSmsSender({ endpoint: 'https://127.0.0.1:9', credential }, { now: () => 0 });
  const made = evaluated;
  await byKey.get(key).catch(() => {});
  const withKey = evaluated;
  await byIdentity.get(key).catch(() => {});
  console.log(JSON.stringify({ made, withKey, withIdentity: evaluated }));
`;

test('only who asks for a token evaluates what makes one', () => {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual({ made: false, withKey: false, withIdentity: true });
});
