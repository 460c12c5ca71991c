import { expect, test } from 'vitest';
import { packagesLoaded } from '../../support/packagesLoaded.ts';

test('making the identity provider evaluates no SDK; its first call evaluates that of identity, and not that of SMS', () => {
  const { made, asking } = packagesLoaded<'made' | 'asking'>(`
    const { acsIdentityProvider } = await load('adapters/acs/acsIdentityProvider.ts');
    const connection = { connectionString: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5' };
    const provider = acsIdentityProvider({ connection, clock: { now: () => 0 }, deadlineMs: 100 });
    note('made');
    await provider.createUser().catch(() => {});
    note('asking');
  `);
  expect(made).toEqual([]);
  expect(asking).toContain('@azure/communication-identity');
  expect(asking).not.toContain('@azure/communication-sms');
});
