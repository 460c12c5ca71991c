import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { connectionStringOf } from '../../local/azurite.ts';
import { accounts } from './accounts.ts';

let next = 0;

/** The connection string of an account that no other test has or will have, in whatever process: worlds never meet. */
export function takeAccount(): string {
  const { ports, claims } = inject('storage');
  for (; next < accounts.length; next += 1) {
    const account = accounts[next];
    if (account && claim(join(claims, account.name))) return connectionStringOf(account, ports);
  }
  throw new Error(`All ${accounts.length} storage accounts of this run are taken.`);
}

/** Making a folder is the one thing that only one process can do. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
