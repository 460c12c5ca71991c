/**
 * Who may import whom. Each folder has one allow-list, so that a new kind of import is a decision made here and not a
 * habit that grew; a few rules then say what holds across folders. `test/layers.test.ts` plants a breach of every rule.
 */

const anyOf = (...patterns) => patterns.join('|');
const pkg = (name) => `(^|/)node_modules/${name}/`;
const shared = (...names) => `^shared/(${names.join('|')})/`;

const zodMini = pkg('zod/mini');
/** A built-in resolves to its bare name. */
const nodeCrypto = '^(node:)?crypto$';
const azure = pkg('@azure/[^/]+');
const types = ['type-only', 'type-import'];
const domain = ['conversations', 'playbook', 'sms', 'calls', 'identity'];
/** The ids' own readers: a brand can be had from nowhere else. */
const idReaders = '^shared/(conversations|identity)/keys\\.ts$';
const config = '^shared/config(\\.ts$|/)';
const shipped = '^(functions|shared)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** All that a folder may import; `nodeBuiltIns` adds the whole of Node's own modules. What leads nowhere has its own rule. */
const allowList = (name, { from, may, nodeBuiltIns, comment }) =>
  forbid(
    name,
    comment,
    { path: from },
    { pathNot: may, couldNotResolve: false, ...(nodeBuiltIns && { dependencyTypesNot: ['core'] }) },
  );

/** Things on an allow-list that may cross only as types, which are gone before anything runs. */
const typesOnly = (name, { from, of, save, comment }) =>
  forbid(name, comment, { path: from }, { path: of, ...(save && { pathNot: save }), dependencyTypesNot: types });

/** A domain folder may import itself, the folders to its left, zod/mini, node:crypto and the packages named. */
const domainFolder = (folder, left, packages = []) =>
  allowList(`${folder}-looks-left`, {
    from: shared(folder),
    may: anyOf(shared(folder, ...left), zodMini, nodeCrypto, ...packages.map(pkg)),
    comment:
      `shared/${folder} may import ${['itself', ...left, 'zod/mini', 'node:crypto', ...packages].join(', ')}. To reach ` +
      'the world, write a port beside its consumer, let an adapter play it, and let runtime join the two.',
  });

const folders = [
  domainFolder('core', []),
  domainFolder('conversations', ['core']),
  domainFolder('playbook', ['core'], ['re2js']),
  domainFolder('sms', ['core', 'conversations', 'playbook'], ['sms-segments-calculator', 'libphonenumber-js']),
  domainFolder('calls', ['core', 'conversations', 'playbook', 'sms']),
  domainFolder('identity', ['core']),
  allowList('functions-are-thin', {
    from: '^functions/',
    may: anyOf(
      pkg('@azure/functions'),
      shared('runtime', 'events', 'http', 'conversations', 'sms', 'calls', 'identity'),
    ),
    comment:
      'A trigger names its schema and its use case: it imports @azure/functions, shared/runtime, shared/events, ' +
      'shared/http and use cases. Whatever it does beyond that belongs in a use case, or behind `services`.',
  }),
  allowList('events-translate', {
    from: shared('events'),
    may: anyOf(shared('events', 'core', ...domain), zodMini, azure),
    comment:
      'shared/events may import core, zod/mini, and types of the domain and of SDKs. What follows from an event is a use case.',
  }),
  typesOnly('events-take-types', {
    from: shared('events'),
    of: anyOf(shared(...domain), azure),
    save: idReaders,
    comment:
      'Write `import type`. Of values only the keys.ts of conversations and identity are open, which read ids; a step that wants more is no longer translation.',
  }),
  allowList('http-describes', {
    from: shared('http'),
    may: anyOf(shared('http', 'core', ...domain), zodMini),
    comment:
      'shared/http may import core, zod/mini and types of the domain. What a request does is a use case; how it is answered, runtime.',
  }),
  typesOnly('http-takes-types', {
    from: shared('http'),
    of: shared(...domain),
    save: idReaders,
    comment:
      'Write `import type`. A schema for a domain type is written here, and the compiler holds it to the type with `satisfies`.',
  }),
  allowList('config-knows-little', {
    from: config,
    may: anyOf(config, shared('core'), zodMini),
    comment:
      'Configuration is read before all else: it may import core and zod/mini. Make richer values of it in runtime.',
  }),
  allowList('adapters-play-ports', {
    from: shared('adapters'),
    may: anyOf(
      shared('adapters', 'core', 'events', ...domain),
      pkg('@azure/(?!functions/)[^/]+'),
      nodeCrypto,
      '^(node:)?async_hooks$',
    ),
    comment:
      'An adapter may import its SDK, the port it plays, core, node:crypto and node:async_hooks. What it needs of configuration, runtime passes in.',
  }),
  typesOnly('adapters-take-event-types', {
    from: shared('adapters'),
    of: shared('events'),
    comment:
      'Write `import type`: a port that stands in shared/events may be played, but reading events is done at the door.',
  }),
  allowList('runtime-joins-shared', {
    from: shared('runtime'),
    may: anyOf('^shared/', pkg('@azure/functions'), pkg('jose'), pkg('csv-parse'), zodMini),
    nodeBuiltIns: true,
    comment: 'runtime may import all of shared, @azure/functions, jose and Node. An SDK is reached through an adapter.',
  }),
  allowList('local-stands-apart', {
    from: '^local/',
    may: anyOf('^local/', shared('core', 'events'), pkg('(?!@azure/)[^/]+'), pkg('@azure/(storage-[^/]+|data-tables)')),
    nodeBuiltIns: true,
    comment:
      'The local world speaks the wire and loads the app by path, as the real host does: of the product it may import ' +
      'shared/core and types of shared/events, and of SDKs those of storage, which a host polls and a fresh world ' +
      'clears. What it wants to know beyond that, it must see on the wire.',
  }),
  typesOnly('local-takes-event-types', {
    from: '^local/',
    of: shared('events'),
    comment: 'Write `import type`: an emulator that reads events with the code of the app would share its mistakes.',
  }),
  forbid(
    'console-speaks-http',
    'The console is a client like any other: ask the HTTP API, and share no code with the app or the local world.',
    { path: '^console/' },
    { path: '^(shared|functions|local|scripts|bench|test)/' },
  ),
];

const acrossFolders = [
  forbid(
    'shared-modules-have-a-folder',
    'shared/ holds config.ts, its folder, and the folders of the design. Move the module into one; a new folder needs a decision record and its rule above.',
    {
      path: '^shared/',
      pathNot: anyOf(config, shared('core', ...domain, 'events', 'http', 'adapters', 'runtime')),
    },
    {},
  ),
  forbid(
    'functions-stand-alone',
    'What two triggers share belongs in shared/; nothing imports a trigger but the host that loads it.',
    { pathNot: '^(test|bench)/' },
    { path: '^functions/' },
  ),
  forbid(
    'config-is-for-runtime',
    'Only runtime reads the configuration. Take the values you need as an argument, and let runtime pass them.',
    { pathNot: anyOf(config, shared('runtime'), '^(test|bench|scripts)/') },
    { path: config },
  ),
  forbid(
    'adapters-know-not-each-other',
    'What two adapters share is a port in the domain or part of core; of shared/adapters/storage, entityTable.ts is open to the others.',
    { path: '^shared/adapters/([^/]+)/' },
    { path: '^shared/adapters/', pathNot: anyOf('^shared/adapters/$1/', '^shared/adapters/storage/entityTable\\.ts$') },
  ),
  forbid(
    'acs-sdk-in-its-adapter',
    'Only shared/adapters/acs knows an SDK of Communication Services. Say what you need as a port, and play it there.',
    { path: '^shared/adapters/', pathNot: shared('adapters/acs') },
    { path: pkg('@azure/communication-[^/]+') },
  ),
  forbid(
    'eventgrid-sdk-in-its-adapter',
    'Only shared/adapters/eventgrid knows the SDK of Event Grid. Tell other systems through the port in shared/conversations.',
    { path: '^shared/adapters/', pathNot: shared('adapters/eventgrid') },
    { path: pkg('@azure/eventgrid') },
  ),
  forbid(
    'credentials-are-made-in-their-adapter',
    'Write `import type`. A credential is made in shared/adapters/entra, and runtime hands it to whoever needs one.',
    { path: '^shared/adapters/', pathNot: shared('adapters/entra') },
    { path: pkg('@azure/identity'), dependencyTypesNot: types },
  ),
  forbid(
    'storage-sdk-in-its-adapter',
    'Only shared/adapters/storage knows tables, queues and blobs. Say what you need as a port, and play it there.',
    { path: '^shared/adapters/', pathNot: shared('adapters/storage') },
    { path: pkg('@azure/(data-tables|storage-[^/]+)') },
  ),
  forbid(
    'shipped-imports-shipped',
    'functions/ and shared/ are all that is deployed. Move what they need into shared/, or pass it in.',
    { path: shipped },
    { path: '^(local|console|test|bench|scripts)/' },
  ),
  forbid(
    'shipped-needs-dependencies',
    'A development dependency is not there in production: move it to `dependencies` in package.json, or do without.',
    { path: shipped },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: types },
  ),
  forbid(
    'tests-stay-in-tests',
    'What others need of test/ was never only for tests: move it.',
    { pathNot: '^(test|bench)/' },
    { path: '^test/' },
  ),
  forbid(
    'no-cycles',
    'Two modules that need each other are one, or hide a third: move what both want into a module of its own, or pass it in.',
    {},
    { circular: true },
  ),
  forbid(
    'no-orphans',
    'Nothing imports this module and it imports nothing: use it or delete it.',
    { orphan: true, path: '^(shared|local|console|test)/', pathNot: '\\.d\\.ts$' },
    {},
  ),
  forbid(
    'everything-resolves',
    'This import leads nowhere: correct the path, or add the package to package.json.',
    {},
    { couldNotResolve: true },
  ),
];

module.exports = {
  forbidden: [...folders, ...acrossFolders],
  options: {
    exclude: { path: '^(dist|coverage|\\.local)/' },
    doNotFollow: { path: '(^|/)node_modules/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types are edges too: a layer that knows another's types leans on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
