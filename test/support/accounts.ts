import type { StorageAccount } from '../../local/azurite.ts';

/** More than a run takes, and few enough for an environment variable (128 KiB on Linux). */
export const accounts: readonly StorageAccount[] = Array.from({ length: 2_000 }, (_, n) => ({
  name: `world${String(n).padStart(4, '0')}`,
  key: Buffer.from('of no account').toString('base64'),
}));
