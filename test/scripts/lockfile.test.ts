import { expect, test } from 'vitest';
import { lockfile, manifest } from './manifest.ts';

const packages = Object.entries(lockfile.packages);

test('the lockfile names no registry, so that it serves everyone whatever theirs is', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('every package with an install script is allowed or denied it by name', () => {
  const names = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(Object.keys(manifest.allowScripts).sort()).toEqual([...new Set(names)].sort());
});
