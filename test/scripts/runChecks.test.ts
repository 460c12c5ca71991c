import { expect, test } from 'vitest';
import { type Check, runChecks } from '../../scripts/runChecks.ts';

const program = (name: string, code: string): Check => ({ name, run: ['--eval', code] });
const holds = program('holds', 'console.log("all is well")');
const fails = program('fails', 'console.log("first"); console.error("then"); process.exitCode = 1');

async function outcomeOf(
  ...checks: readonly Check[]
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const ok = await runChecks(checks, { atOnce: 2, print: (line) => lines.push(line) });
  return { ok, lines };
}

test('a check that holds takes one line, and what it printed is not shown', async () => {
  const { ok, lines } = await outcomeOf(holds);
  expect(ok).toBe(true);
  expect(lines).toEqual([expect.stringMatching(/^ok {6}holds {2}\d+\.\d s$/)]);
});

test('one that fails is shown with all it printed, and what mends it', async () => {
  const { ok, lines } = await outcomeOf({ ...fails, mend: 'npm run format' });
  expect(ok).toBe(false);
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED {2}fails {2}\d+\.\d s$/),
    '\n── fails (to mend it: npm run format)\nfirst\nthen',
  ]);
});

test('one that fails does not keep the others from running', async () => {
  const { ok, lines } = await outcomeOf(fails, holds, { ...holds, name: 'third' });
  expect(ok).toBe(false);
  expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(2);
});
