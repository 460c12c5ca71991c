import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './manifest.ts';

/** What the app needs on Azure. */
const shipped = ['dist', 'host.json', 'package.json', 'playbook.json', 'prompts'];

const ignored = readFileSync(join(root, '.funcignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const isIgnored = (name: string): boolean =>
  [name.startsWith('.') ? '.*' : name, `/${name}`].some((line) => ignored.includes(line));

test('everything at the root is shipped or kept from it, by name', () => {
  const unclear = readdirSync(root).filter((name) => !shipped.includes(name) && !isIgnored(name));
  expect(unclear).toEqual([]);
});

test('nothing that the app needs is kept from Azure', () => {
  expect(shipped.filter(isIgnored)).toEqual([]);
  // Without the slash it would leave out dist/console as well.
  expect(ignored).not.toContain('console');
});
