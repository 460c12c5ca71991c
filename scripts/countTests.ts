/**
 * `countTests.ts REPORT STATUS` prints `PASSED FAILED` of a run of vitest, for `.ci/run` to add up; it takes the report of
 * vitest's JSON reporter and vitest's exit status.
 */
import { existsSync, readFileSync } from 'node:fs';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A run that failed counts one failure at least, also where no test did: a file that could not be loaded, no report, no tests. */
export function countTests(report: string, status: number): Counts {
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(report) as Record<string, number>;
  const ran = status === 0 && passed !== undefined && passed > 0;
  return { passed: passed ?? 0, failed: Math.max(failed ?? 0, ran ? 0 : 1) };
}

if (import.meta.main) {
  const [path = '', status = '1'] = process.argv.slice(2);
  const { passed, failed } = countTests(existsSync(path) ? readFileSync(path, 'utf8') : '{}', Number(status));
  console.log(`${passed} ${failed}`);
}
