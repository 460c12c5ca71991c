import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleApp } from '../../scripts/bundle.ts';
import { aFolder, type Sources } from '../local/functionsHost/aHost.ts';

const require = createRequire(import.meta.url);

/** Builds the sources and runs the bundle; tells what they put into `globalThis.order`. */
async function orderOf(sources: Sources): Promise<{ order: string[]; exported: Record<string, unknown> }> {
  const root = aFolder(sources);
  const { outfile } = await bundleApp(root);
  const order: string[] = [];
  Object.assign(globalThis, { order });
  return { order, exported: require(outfile) };
}

describe('a bundle of one file', () => {
  test('imports every trigger in the order of their names, and start.ts before all', async () => {
    const { order } = await orderOf({
      'functions/b.ts': `globalThis.order.push('b');`,
      'functions/a.ts': `globalThis.order.push('a');`,
      'shared/runtime/start.ts': `globalThis.order.push('start');`,
    });
    expect(order).toEqual(['start', 'a', 'b']);
  });

  test('leaves what is reached by import() alone until it is reached', async () => {
    const { order } = await orderOf({
      'functions/a.ts': `globalThis.later = () => import('../sdk.ts'); globalThis.order.push('a');`,
      'sdk.ts': `import { EOL } from 'node:os'; globalThis.order.push('sdk'); export const eol = EOL;`,
    });
    expect(order).toEqual(['a']);
    await (globalThis as unknown as { later: () => Promise<unknown> }).later();
    expect(order).toEqual(['a', 'sdk']);
  });

  test('is one CommonJS file with its source map beside it, and nothing of the host in it', async () => {
    const root = aFolder({
      'functions/a.ts': `import { app } from '@azure/functions'; app.get('a', () => ({ body: 'a' }));`,
    });
    const { outfile, bytes, warnings } = await bundleApp(root);
    const bundle = readFileSync(outfile, 'utf8');
    expect(outfile).toBe(join(root, 'dist/app.cjs'));
    expect(bytes).toBe(Buffer.byteLength(bundle));
    expect(bundle).toContain('require("@azure/functions-core")');
    expect(bundle).toMatch(/\/\/# sourceMappingURL=app\.cjs\.map\s*$/);
    expect(bundle).not.toMatch(/\bimport\(/);
    expect(JSON.parse(readFileSync(`${outfile}.map`, 'utf8')).sources).toContain('../functions/a.ts');
    expect(warnings).toEqual([]);
  });

  test('without functions says so', async () => {
    await expect(bundleApp(aFolder({}))).rejects.toThrow(/functions holds no \.ts file/);
  });

  test('of a file that cannot be read names the file and the line', async () => {
    const root = aFolder({ 'functions/a.ts': 'const one = 1;\nconst one = 2;' });
    await expect(bundleApp(root)).rejects.toThrow(/functions\/a\.ts:2:6: ERROR: .*"one" has already been declared/);
  });
});
