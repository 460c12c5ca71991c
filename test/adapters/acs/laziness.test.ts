import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared/adapters/acs');

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
  const { acsIdentityProvider } = await import('${folder}/acsIdentityProvider.ts');
  const connection = { connectionString: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5' };
  const provider = acsIdentityProvider({ connection, clock: { now: () => 0 }, deadlineMs: 100 });
  const made = [...packages];
  await provider.createUser().catch(() => {});
  console.log(JSON.stringify({ made, asking: [...packages] }));
`;

test('making the identity provider evaluates no SDK; its first call evaluates that of identity, and not that of SMS', () => {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  const { made, asking } = JSON.parse(told);
  expect(made).toEqual([]);
  expect(asking).toContain('@azure/communication-identity');
  expect(asking).not.toContain('@azure/communication-sms');
});
