/** Files of a small project, by path. */
export type Tree = Readonly<Record<string, string>>;

const folders = [
  ...['core', 'conversations', 'playbook', 'sms', 'calls', 'identity', 'events', 'http', 'runtime'].map(
    (name) => `shared/${name}`,
  ),
  ...['acs', 'eventgrid', 'storage'].map((name) => `shared/adapters/${name}`),
  ...['functions', 'local', 'console', 'test', 'bench', 'scripts'],
];

const imports = (specifier: string): string => `import '${specifier}';`;
const importsType = (specifier: string): string => `import type { A } from '${specifier}';`;

/** One innocent module in every folder, for others to import. */
export const innocent: Tree = {
  ...Object.fromEntries(folders.map((folder) => [`${folder}/a.ts`, 'export type A = 1;'])),
  'shared/config.ts': 'export type A = 1;',
  'shared/config/settings.ts': 'export type A = 1;',
  'shared/core/leansOnA.ts': importsType('./a.ts'),
};

/** The rule that must report it, the module that breaks it, and what that module says. */
type Breach = readonly [rule: string, path: string, code: string];

export const breaches: readonly Breach[] = [
  ['core-looks-left', 'shared/core/b.ts', imports('../conversations/a.ts')],
  ['core-looks-left', 'shared/core/b.ts', importsType('../conversations/a.ts')],
  ['core-looks-left', 'shared/core/b.ts', imports('node:fs')],
  ['core-looks-left', 'shared/core/b.ts', imports('zod')],
  ['core-looks-left', 'shared/core/b.ts', importsType('@azure/data-tables')],
  ['conversations-looks-left', 'shared/conversations/b.ts', importsType('../sms/a.ts')],
  ['conversations-looks-left', 'shared/conversations/b.ts', imports('../playbook/a.ts')],
  ['conversations-looks-left', 'shared/conversations/b.ts', imports('../adapters/storage/a.ts')],
  ['playbook-looks-left', 'shared/playbook/b.ts', imports('../sms/a.ts')],
  ['playbook-looks-left', 'shared/playbook/b.ts', imports('node:fs/promises')],
  ['playbook-looks-left', 'shared/playbook/b.ts', imports('sms-segments-calculator')],
  ['sms-looks-left', 'shared/sms/b.ts', imports('../calls/a.ts')],
  ['sms-looks-left', 'shared/sms/b.ts', imports('../runtime/a.ts')],
  ['sms-looks-left', 'shared/sms/b.ts', importsType('../events/a.ts')],
  ['sms-looks-left', 'shared/sms/b.ts', importsType('../http/a.ts')],
  ['sms-looks-left', 'shared/sms/b.ts', imports('re2js')],
  ['calls-looks-left', 'shared/calls/b.ts', imports('../identity/a.ts')],
  ['calls-looks-left', 'shared/calls/b.ts', `await import('../adapters/acs/a.ts');`],
  ['identity-looks-left', 'shared/identity/b.ts', imports('../conversations/a.ts')],
  ['identity-looks-left', 'shared/identity/b.ts', imports('jose')],
  ['functions-are-thin', 'functions/b.ts', imports('../shared/adapters/acs/a.ts')],
  ['functions-are-thin', 'functions/b.ts', imports('../shared/playbook/a.ts')],
  ['functions-are-thin', 'functions/b.ts', imports('@azure/communication-sms')],
  ['functions-are-thin', 'functions/b.ts', imports('node:fs')],
  ['events-translate', 'shared/events/b.ts', imports('../runtime/a.ts')],
  ['events-translate', 'shared/events/b.ts', imports('../adapters/eventgrid/a.ts')],
  ['events-translate', 'shared/events/b.ts', importsType('../http/a.ts')],
  ['events-take-types', 'shared/events/b.ts', imports('@azure/eventgrid')],
  ['events-take-types', 'shared/events/b.ts', imports('../sms/a.ts')],
  ['events-take-types', 'shared/events/b.ts', imports('../conversations/a.ts')],
  ['http-describes', 'shared/http/b.ts', imports('../runtime/a.ts')],
  ['http-describes', 'shared/http/b.ts', importsType('@azure/functions')],
  ['http-takes-types', 'shared/http/b.ts', imports('../conversations/a.ts')],
  ['config-knows-little', 'shared/config.ts', imports('./sms/a.ts')],
  ['config-knows-little', 'shared/config.ts', imports('node:fs')],
  ['config-knows-little', 'shared/config/settings/b.ts', imports('../../sms/a.ts')],
  ['adapters-play-ports', 'shared/adapters/acs/b.ts', imports('@azure/functions')],
  ['adapters-play-ports', 'shared/adapters/acs/b.ts', imports('../../runtime/a.ts')],
  ['adapters-play-ports', 'shared/adapters/acs/b.ts', importsType('../../config.ts')],
  ['adapters-play-ports', 'shared/adapters/eventgrid/b.ts', importsType('../../http/a.ts')],
  ['adapters-take-event-types', 'shared/adapters/eventgrid/b.ts', imports('../../events/a.ts')],
  ['runtime-joins-shared', 'shared/runtime/b.ts', imports('@azure/data-tables')],
  ['local-stands-apart', 'local/b.ts', imports('../shared/conversations/a.ts')],
  ['local-stands-apart', 'local/acs/b.ts', imports('../../shared/config.ts')],
  ['local-stands-apart', 'local/b.ts', importsType('@azure/communication-sms')],
  ['local-takes-event-types', 'local/b.ts', imports('../shared/events/a.ts')],
  ['console-speaks-http', 'console/b.ts', importsType('../shared/core/a.ts')],
  ['console-speaks-http', 'console/b.ts', imports('../local/a.ts')],
  ['shared-modules-have-a-folder', 'shared/b.ts', imports('./core/a.ts')],
  ['shared-modules-have-a-folder', 'shared/billing/b.ts', imports('../core/a.ts')],
  ['functions-stand-alone', 'functions/b.ts', imports('./a.ts')],
  ['functions-stand-alone', 'shared/runtime/b.ts', imports('../../functions/a.ts')],
  ['config-is-for-runtime', 'functions/b.ts', imports('../shared/config.ts')],
  ['config-is-for-runtime', 'shared/http/b.ts', importsType('../config.ts')],
  ['config-is-for-runtime', 'shared/http/b.ts', imports('../config/settings.ts')],
  ['adapters-know-not-each-other', 'shared/adapters/acs/b.ts', imports('../storage/a.ts')],
  ['adapters-know-not-each-other', 'shared/adapters/storage/b.ts', importsType('../eventgrid/a.ts')],
  ['acs-sdk-in-its-adapter', 'shared/adapters/eventgrid/b.ts', imports('@azure/communication-sms')],
  ['eventgrid-sdk-in-its-adapter', 'shared/adapters/acs/b.ts', imports('@azure/eventgrid')],
  ['credentials-are-made-in-their-adapter', 'shared/adapters/acs/b.ts', imports('@azure/identity')],
  ['storage-sdk-in-its-adapter', 'shared/adapters/acs/b.ts', imports('@azure/data-tables')],
  ['storage-sdk-in-its-adapter', 'shared/adapters/acs/b.ts', imports('@azure/storage-queue')],
  ['shipped-imports-shipped', 'shared/runtime/b.ts', imports('../../local/a.ts')],
  ['shipped-imports-shipped', 'functions/b.ts', imports('../bench/a.ts')],
  ['shipped-imports-shipped', 'shared/core/b.ts', imports('../../scripts/a.ts')],
  ['shipped-needs-dependencies', 'shared/runtime/b.ts', imports('hono')],
  ['tests-stay-in-tests', 'local/b.ts', imports('../test/a.ts')],
  ['no-cycles', 'shared/core/a.ts', importsType('./leansOnA.ts')],
  ['no-orphans', 'shared/core/b.ts', 'export const b = 1;'],
  ['everything-resolves', 'local/b.ts', imports('./nowhere.ts')],
  ['everything-resolves', 'local/b.ts', imports('@azure/nowhere')],
];

/** What the design allows: a tree in which no rule may find anything. */
export const lawful: Tree = Object.fromEntries(
  Object.entries({
    'shared/core/time.ts': [imports('node:crypto'), imports('zod/mini')],
    'shared/conversations/keys.ts': [imports('../core/time.ts')],
    'shared/playbook/rules.ts': [imports('re2js'), imports('../core/time.ts')],
    'shared/sms/reply.ts': [
      imports('../conversations/keys.ts'),
      importsType('../playbook/rules.ts'),
      imports('sms-segments-calculator'),
    ],
    'shared/calls/answer.ts': [imports('../sms/reply.ts'), imports('../playbook/rules.ts')],
    'shared/identity/token.ts': [imports('../core/time.ts')],
    'shared/events/received.ts': [
      importsType('@azure/eventgrid'),
      imports('../conversations/keys.ts'),
      imports('../core/time.ts'),
    ],
    'shared/http/tokens.ts': [importsType('../identity/token.ts'), imports('zod/mini')],
    'shared/config.ts': [imports('./config/settings.ts'), imports('./core/time.ts'), imports('zod/mini')],
    'shared/config/settings.ts': [imports('../core/time.ts'), imports('zod/mini')],
    'shared/adapters/storage/entityTable.ts': ['export type EntityTable = 1;'],
    'shared/adapters/storage/tables.ts': [imports('@azure/data-tables'), importsType('./entityTable.ts')],
    'shared/adapters/acs/sender.ts': [
      imports('@azure/communication-sms'),
      importsType('../storage/entityTable.ts'),
      imports('../../sms/reply.ts'),
    ],
    'shared/runtime/services.ts': [
      ...['node:fs/promises', 'jose', '@azure/functions', '../config.ts'].map(imports),
      ...['../adapters/acs/sender.ts', '../adapters/storage/tables.ts'].map((adapter) => `await import('${adapter}');`),
    ],
    'functions/received.ts': [
      ...['@azure/functions', '../shared/runtime/services.ts', '../shared/events/received.ts'].map(imports),
      ...['../shared/http/tokens.ts', '../shared/calls/answer.ts'].map(imports),
    ],
    'local/main.mjs': [imports('node:http'), imports('@azure/storage-queue'), imports('hono'), imports('./world.ts')],
    'local/world.ts': [imports('../shared/core/time.ts'), importsType('../shared/events/received.ts')],
    'console/inbox.ts': [imports('hono')],
    'scripts/settings.ts': [imports('../shared/config.ts')],
    'test/world.test.ts': [imports('vitest'), imports('../functions/received.ts'), imports('../local/world.ts')],
  }).map(([path, lines]) => [path, lines.join('\n')]),
);
