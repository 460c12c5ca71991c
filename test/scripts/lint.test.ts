import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const biome = join(root, 'node_modules/.bin/biome');

/** Each line of code, and the rule that must object to it in a module of shared/; `undefined` where none may. */
const lines: readonly (readonly [code: string, rule: string | undefined])[] = [
  ['export const a = Date.now();', 'plugin'],
  ['export const b = [1].map(Date.now);', 'plugin'],
  ["export const c = Date['now']();", 'plugin'],
  ['export const { now } = Date;', 'plugin'],
  ['export const d = new Date();', 'plugin'],
  ['export const e = Date();', 'plugin'],
  ['export const f = performance.now();', 'plugin'],
  ['export const g = process.hrtime.bigint();', 'plugin'],
  ['export const h = Math.random();', 'plugin'],
  ['export const { random } = Math;', 'plugin'],
  ['export const i = globalThis.crypto.randomUUID();', 'plugin'],
  ["export { randomUUID } from 'node:crypto';", 'plugin'],
  ["export { createHash, randomBytes as j } from 'node:crypto';", 'plugin'],
  ['export const k = globalThis.crypto.getRandomValues(new Uint8Array(4));', 'plugin'],
  ['export const l = process.env;', 'lint/style/noProcessEnv'],
  ["export const m = process['env'];", 'lint/style/noProcessEnv'],
  ["export { env } from 'node:process';", 'lint/style/noRestrictedImports'],
  ['Promise.reject(new Error());', 'lint/nursery/noFloatingPromises'],
  ['export const n = new Date(0).getTime() + Date.parse("1970-01-01");', undefined],
  ['export const o = Math.max(1, 2);', undefined],
];

type Objection = readonly [line: number, rule: string];

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly start: { readonly line: number } };
  }[];
}

function lint(home: string, path: string): Promise<readonly Objection[]> {
  return new Promise((done, failed) => {
    const options = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', path];
    execFile(biome, options, { cwd: home }, (error, stdout) => {
      if (error !== null && error.code !== 1) return failed(error);
      const { diagnostics } = JSON.parse(stdout) as Report;
      done(diagnostics.map(({ location, category }) => [location.start.line, category]));
    });
  });
}

describe('the linter', () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lint-'));
    for (const path of ['biome.json', 'scripts/ambientEffects.grit']) await cp(join(root, path), join(home, path));
    for (const path of [
      'shared/sms/planted.ts',
      'shared/runtime/services.ts',
      'shared/config.ts',
      'local/planted.ts',
    ]) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), lines.map(([code]) => code).join('\n'));
    }
  });
  afterAll(() => rm(home, { recursive: true }));

  const expected = (leaveOut: readonly string[] = []): readonly Objection[] =>
    lines.flatMap(([, rule], index) => (rule === undefined || leaveOut.includes(rule) ? [] : [[index + 1, rule]]));

  test('objects to a clock, randomness and the environment in a module of shared/', async () => {
    expect(new Set(await lint(home, 'shared/sms/planted.ts'))).toEqual(new Set(expected()));
  });

  test.each([
    ['the real clock and randomness', 'shared/runtime/services.ts', ['plugin']],
    ['the environment', 'shared/config.ts', ['lint/style/noProcessEnv']],
    ['the world outside shared/', 'local/planted.ts', ['plugin']],
  ])('lets %s into %s', async (_what, path, allowed) => {
    expect(new Set(await lint(home, path))).toEqual(new Set(expected(allowed)));
  });
});
