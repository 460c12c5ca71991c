/**
 * Writes `playbook.schema.json` from the code's own schema, so that editors help whoever writes a playbook. With `--check`
 * it writes nothing, and fails if the file is out of step.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { playbookFile } from '../shared/playbook/playbookFile.ts';

const file = fileURLToPath(new URL('../playbook.schema.json', import.meta.url));

// `input`: what a person writes, so that what has a default may be left out.
const { $schema, ...schema } = z.toJSONSchema(playbookFile, { io: 'input' });
const wanted = `${JSON.stringify({ $schema, title: 'What the bot says: playbook.json', ...schema }, null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
} else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('playbook.schema.json is out of step with shared/playbook; run: node scripts/playbookSchema.ts');
  process.exitCode = 1;
}
