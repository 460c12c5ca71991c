import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** package.json, as far as tests look into it. */
export const manifest = read('package.json') as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

/** package-lock.json, by the path of each package in node_modules. */
export const lockfile = read('package-lock.json') as {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly hasInstallScript?: boolean }>>;
};
