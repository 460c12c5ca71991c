import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './manifest.ts';

/** An npm that does what it is told: each of its commands has a status, and `test` writes a report if there is one. */
const npm = `#!/usr/bin/env bash
case "$*" in
  ci) exit $CI_STATUS ;;
  'run check') exit $CHECK_STATUS ;;
  'run demo') exit $DEMO_STATUS ;;
  test*) [ -n "$REPORT" ] && printf '%s' "$REPORT" > "\${!##*=}"; exit $TEST_STATUS ;;
esac
exit 99
`;

interface Run {
  readonly ci?: number;
  readonly check?: number;
  readonly tests?: number;
  readonly demo?: number;
  readonly report?: string;
}

async function ciRun({ ci = 0, check = 0, tests = 0, demo = 0, report = '' }: Run) {
  const home = await mkdtemp(join(tmpdir(), 'ci-'));
  onTestFinished(() => rm(home, { recursive: true }));
  for (const path of ['.ci/run', 'scripts/countTests.ts']) await cp(join(root, path), join(home, path));
  await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
  await mkdir(join(home, 'bin'));
  await writeFile(join(home, 'bin/npm'), npm);
  await chmod(join(home, 'bin/npm'), 0o755);
  const env = {
    PATH: [join(home, 'bin'), '/usr/bin', '/bin'].join(delimiter),
    ...{
      CI_STATUS: `${ci}`,
      CHECK_STATUS: `${check}`,
      TEST_STATUS: `${tests}`,
      DEMO_STATUS: `${demo}`,
      REPORT: report,
    },
  };
  return outcomeOf(join(home, '.ci/run'), env);
}

function outcomeOf(
  program: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly last: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, last: printed.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

const report = (numPassedTests: number, numFailedTests = 0): string =>
  JSON.stringify({ numPassedTests, numFailedTests });

test.each<[string, Run, number, string]>([
  ['all is well', { report: report(40) }, 0, '42 passed, 0 failed'],
  ['two tests fail', { report: report(38, 2), tests: 1 }, 1, '40 passed, 2 failed'],
  ['a check and the demo fail', { report: report(40), check: 1, demo: 1 }, 1, '40 passed, 2 failed'],
  ['vitest leaves no report', { tests: 1 }, 1, '2 passed, 1 failed'],
  ['the packages cannot be had', { ci: 1 }, 1, '0 passed, 1 failed'],
])('when %s, the last line says so', async (_what, run, code, last) => {
  expect(await ciRun(run)).toEqual({ code, last });
});
