import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breaches, innocent, lawful, type Tree } from './layers.breaches.ts';

const root = join(import.meta.dirname, '..');
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const ruleNames: readonly string[] = config.forbidden.map((rule: { readonly name: string }) => rule.name);

async function cruiseIn(baseDir: string): Promise<ICruiseResult> {
  const options = { ...config.options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden } };
  const { output } = await cruise(['.'], options, config.options.enhancedResolveOptions, {
    tsConfig: extractTSConfig(join(root, 'tsconfig.json')),
  });
  return output as ICruiseResult;
}

/** Each violation as one line: the rule and the module that breaks it. */
const reportOf = (result: ICruiseResult): readonly string[] =>
  result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from}${from === to ? '' : ` → ${to}`}`);

describe('the layers', () => {
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'layers-'));
  });
  afterAll(() => rm(scratch, { recursive: true }));

  /** A tree laid out like the project, with its packages and its package.json. */
  async function plant(tree: Tree): Promise<string> {
    const home = await mkdtemp(join(scratch, 'tree-'));
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), text);
    }
    for (const ours of ['node_modules', 'package.json']) await symlink(join(root, ours), join(home, ours));
    return home;
  }

  test('hold in the whole tree', async () => {
    const result = await cruiseIn(root);
    expect(reportOf(result)).toEqual([]);
    // TypeScript 7 makes the cruiser see nothing, and find nothing wrong with it.
    expect(result.summary.totalCruised).toBeGreaterThan(40);
    expect(result.modules.map(({ source }) => source)).toContain('shared/conversations/keys.ts');
  });

  test('leave alone what the design allows', async () => {
    expect(reportOf(await cruiseIn(await plant(lawful)))).toEqual([]);
  });

  test('have a planted breach for every rule', () => {
    expect(new Set(breaches.map(([rule]) => rule))).toEqual(new Set(ruleNames));
  });

  test.each(breaches)('%s reports %s saying %j', async (rule, path, code) => {
    const report = reportOf(await cruiseIn(await plant({ ...innocent, [path]: code })));
    expect(report).toContainEqual(expect.stringMatching(`^${rule}: ${path}( → |$)`));
  });
});
