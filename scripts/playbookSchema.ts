/** Makes playbook.schema.json from the code's own schema, so that editors help whoever writes a playbook. */
import * as z from 'zod/mini';
import { playbookFile } from '../shared/playbook/playbookFile.ts';
import { keepInStep, type Pages } from './keepInStep.ts';

// `input`: what a person writes, so that what has a default may be left out.
const { $schema, ...schema } = z.toJSONSchema(playbookFile, { io: 'input' });

const schemaPages: Pages = {
  'playbook.schema.json': `${JSON.stringify({ $schema, title: 'What the bot says: playbook.json', ...schema }, null, 2)}\n`,
};

if (import.meta.main) keepInStep(schemaPages);
