import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildConsole } from '../../scripts/consoleBuild.ts';
import { root } from '../support/world.ts';

const folder = join(root, 'dist/console');
/** Bytes, as they come over the wire to whoever takes gzip alone. */
const most = 250_000;

test('what the page loads first is small, named by its content, and lies there compressed', async () => {
  await buildConsole();
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const first = [...page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(first.length).toBeGreaterThanOrEqual(2);
  const bytes = first.map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(most);
  const assets = globSync('assets/*.{js,css}', { cwd: folder });
  for (const name of assets) {
    expect(name).toMatch(/-[\w-]{8}\.(js|css)$/);
    for (const end of ['br', 'gz']) expect(readFileSync(join(folder, `${name}.${end}`)).length).toBeGreaterThan(0);
  }
  // The lab is apart, and no developer's React is in what ships.
  const script = first.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  expect(script).not.toContain('What goes wrong');
  expect(script).not.toContain('Warning: ');
}, 60_000);
