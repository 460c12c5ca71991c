/** Makes docs/settings.md and local.settings.example.json from the table of settings in shared/config/settings. */
import type { Setting } from '../shared/config/setting.ts';
import { settings } from '../shared/config/settings.ts';
import { keepInStep, type Pages } from './keepInStep.ts';

const table: readonly (readonly [name: string, setting: Setting])[] = Object.entries(settings);

/** What the platform reads beside our own: `func start` needs the first, the host's bookkeeping the second. */
const platform = { FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

const head = `<!-- Made by scripts/settingsDocs.ts from shared/config/settings; change it there. -->
# Settings

Read once from the environment when the app starts: app settings on Azure, \`Values\` of \`local.settings.json\` under
\`func start\`. \`npm start\` takes those of \`local.settings.example.json\`, over them what is set in the shell, and sets what
leads to the local world itself. What is missing, malformed or contradictory is named, all at once, and the app does not
start. A name that is one letter off a setting's is taken for a typo.

Settings marked *secret* belong in Key Vault references, not in files.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

const meaning = ({ help, secret }: Setting): string => cell(help) + (secret === true ? ' *Secret.*' : '');

const required = table
  .filter(([, { fallback }]) => fallback === undefined)
  .map(([name, setting]) => `| \`${name}\` | ${meaning(setting)} |`);

const eitherOr = table
  .filter(([, { either }]) => either)
  .map(([name, setting]) => `| \`${name}\` | ${meaning(setting)} |`);

const optional = table
  .filter(([, { fallback, either }]) => fallback !== undefined && !either)
  .map(([name, setting]) => `| \`${name}\` | ${setting.fallback && `\`${setting.fallback}\``} | ${meaning(setting)} |`);

const page = [
  head,
  '## To be set\n\n| setting | |\n|---|---|',
  ...required,
  '\n## To be set one way or the other\n\nHow the app is let in is in [deploying.md](deploying.md).\n\n| setting | |\n|---|---|',
  ...eitherOr,
  '\n## With a default\n\n| setting | default | |\n|---|---|---|',
  ...optional,
  '',
].join('\n');

const localValues = table.flatMap(([name, { local }]) => (local === undefined ? [] : [[name, local] as const]));

const example = { IsEncrypted: false, Values: { ...platform, ...Object.fromEntries(localValues) } };

export const settingsPages: Pages = {
  'docs/settings.md': page,
  'local.settings.example.json': `${JSON.stringify(example, null, 2)}\n`,
};

if (import.meta.main) keepInStep(settingsPages);
