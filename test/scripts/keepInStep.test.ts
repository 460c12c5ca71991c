import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outOfStep } from '../../scripts/keepInStep.ts';

test('a page is out of step when it is missing or says something else, whatever its line endings', async () => {
  const home = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(home, { recursive: true }));
  await writeFile(join(home, 'same.md'), 'one\r\ntwo\r\n');
  await writeFile(join(home, 'stale.md'), 'one\n');
  const pages = { 'same.md': 'one\ntwo\n', 'stale.md': 'one\ntwo\n', 'missing.md': 'one\n' };
  expect(outOfStep(pages, home)).toEqual(['stale.md', 'missing.md']);
});
