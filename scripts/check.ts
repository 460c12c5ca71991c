import { type Check, runChecks } from './runChecks.ts';

/** The longest first, so that two at a time end together. */
const checks: readonly Check[] = [
  { name: 'types', run: ['node_modules/typescript/bin/tsc', '--pretty', 'false'] },
  {
    name: 'format and lint',
    run: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off'],
    mend: 'npm run format',
  },
  { name: 'types of the console', run: ['node_modules/typescript/bin/tsc', '-p', 'console', '--pretty', 'false'] },
  { name: 'unused code', run: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  {
    name: 'layers',
    run: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--output-type', 'err-long', '.'],
  },
  { name: 'settings page', run: ['scripts/settingsDocs.ts', '--check'], mend: 'node scripts/settingsDocs.ts' },
  { name: 'playbook schema', run: ['scripts/playbookSchema.ts', '--check'], mend: 'node scripts/playbookSchema.ts' },
  { name: 'HTTP page', run: ['scripts/httpDocs.ts', '--check'], mend: 'node scripts/httpDocs.ts' },
];

process.chdir(`${import.meta.dirname}/..`);
const ok = await runChecks(checks, { atOnce: 2, print: (line) => console.log(line) });
process.exitCode = ok ? 0 : 1;
