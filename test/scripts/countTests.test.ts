import { expect, test } from 'vitest';
import { countTests } from '../../scripts/countTests.ts';

const report = (numPassedTests: number, numFailedTests: number): string =>
  JSON.stringify({ numPassedTests, numFailedTests });

test.each([
  ['all is well', report(7, 0), 0, { passed: 7, failed: 0 }],
  ['tests fail', report(5, 2), 1, { passed: 5, failed: 2 }],
  ['a file cannot be loaded, so that none of its tests counts', report(5, 0), 1, { passed: 5, failed: 1 }],
  ['there are no tests', report(0, 0), 0, { passed: 0, failed: 1 }],
  ['there is no report', '{}', 1, { passed: 0, failed: 1 }],
  ['there is no report, and vitest says nothing of it', '{}', 0, { passed: 0, failed: 1 }],
])('when %s, the count says so', (_what, text, status, counts) => {
  expect(countTests(text, status)).toEqual(counts);
});
