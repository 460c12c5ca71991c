import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Core } from '../../local/functionsHost/core.ts';
import { loadApp } from '../../local/functionsHost/loadApp.ts';
import { type Built, buildApp } from '../../scripts/build.ts';
import { bundleApp } from '../../scripts/bundle.ts';
import { aFolder, type Sources } from '../local/functionsHost/aHost.ts';
import { root as repository } from './manifest.ts';

const silent = () => {};

/** What a loaded app has registered. */
function loaded(root: string): Core {
  const core = new Core(silent);
  loadApp({ root, env: {}, core });
  return core;
}

async function built(sources: Sources): Promise<Core & { readonly built: Built; readonly root: string }> {
  const root = aFolder(sources);
  const told = await buildApp(root);
  return Object.assign(loaded(root), { built: told, root });
}

const said: string[] = [];
Object.assign(globalThis, { buildSaid: said });

/** Source that tells when it is evaluated; the build itself evaluates it elsewhere, where nobody listens. */
const evaluated = (name: string) => `(globalThis as any).buildSaid?.push('${name}');`;

const call = (core: Core, name: string): unknown => core.registrations.get(name)?.callback({} as never);

describe('what is deployed', () => {
  const everything: Sources = {
    'shared/runtime/start.ts': `
      import { app } from '@azure/functions';
      app.hook.appStart(() => { throw new Error('started'); });`,
    'functions/b.ts': `
      import { app, output } from '@azure/functions';
      const queue = output.storageQueue({ queueName: 'q', connection: 'C' });
      app.http('b', { methods: ['GET', 'POST'], route: 'b/{id}', authLevel: 'anonymous', handler: () => ({ body: 'b' }), extraOutputs: [queue] });
      app.timer('tidy', { schedule: '0 0 3 * * *', handler() {} });`,
    'functions/a.ts': `
      import { app } from '@azure/functions';
      app.eventGrid('a', { handler() {} });
      app.storageQueue('q', { queueName: 'q', connection: 'C', handler() {} });
      app.get('plain', () => ({ body: 'plain' }));
      app.setup({ capabilities: { one: 'two' } });`,
  };

  const registrations = (core: Core) => [...core.registrations.values()].map(({ metadata }) => metadata);

  test('registers what a bundle that evaluates everything registers, in the same order', async () => {
    const thin = await built(everything);
    const root = aFolder(everything);
    await bundleApp(root);
    expect(registrations(thin)).toHaveLength(5);
    expect(registrations(thin)).toEqual(registrations(loaded(root)));
    expect(await thin.model?.getCapabilities({})).toEqual({ one: 'two' });
    await expect(thin.hooks.run('appStart', {})).rejects.toThrow('started');
  });

  test('of this repository registers what its sources do', async () => {
    const one = aFolder({});
    const other = aFolder({});
    for (const folder of ['functions', 'shared'])
      for (const root of [one, other]) symlinkSync(join(repository, folder), join(root, folder));
    const [thin] = await Promise.all([buildApp(one), bundleApp(other)]);
    expect(thin.warnings).toEqual([]);
    expect(registrations(loaded(one)).length).toBeGreaterThan(10);
    expect(registrations(loaded(one))).toEqual(registrations(loaded(other)));
  });

  test('evaluates a trigger when something it registers is first called, once, and what two share once', async () => {
    const core = await built({
      'shared.ts': `${evaluated('shared')} export const one = { calls: 0 };`,
      'sdk.ts': `${evaluated('sdk')} export const sdk = true;`,
      'functions/a.ts': `
        import { app } from '@azure/functions'; import { one } from '../shared.ts'; ${evaluated('a')}
        app.get('a', () => ({ jsonBody: ++one.calls }));`,
      'functions/b.ts': `
        import { app } from '@azure/functions'; import { one } from '../shared.ts'; ${evaluated('b')}
        app.get('b', async () => { await import('../sdk.ts'); return { jsonBody: ++one.calls }; });`,
    });
    said.length = 0;
    const [again] = [loaded(core.root)];
    expect(said).toEqual([]);
    expect(await call(again, 'a')).toEqual({ jsonBody: 1 });
    expect(await call(again, 'a')).toEqual({ jsonBody: 2 });
    expect(said).toEqual(['shared', 'a']);
    expect(await call(again, 'b')).toEqual({ jsonBody: 3 });
    expect(said).toEqual(['shared', 'a', 'b', 'sdk']);
    expect(await call(core, 'b')).toEqual({ jsonBody: 1 });
  });

  test('runs under the sources’ own names: a stack trace tells file and line', async () => {
    const { root } = await built({
      'functions/a.ts': `import { app } from '@azure/functions';\n\napp.get('a', () => { throw new Error('no'); });`,
    });
    const core = new Core(silent);
    const { readStack } = loadApp({ root, env: {}, core });
    const error = await Promise.resolve(call(core, 'a')).catch((thrown: Error) => thrown);
    expect(readStack(error as Error)).toContain(`${join(root, 'functions/a.ts')}:3:`);
  });

  test('holds nothing of an earlier build, and an app that runs does not miss it', async () => {
    const core = await built({
      'functions/a.ts': `import { app } from '@azure/functions'; app.get('a', () => ({ body: 'old' }));`,
    });
    const before = readdirSync(join(core.root, 'dist'));
    writeFileSync(
      join(core.root, 'functions/a.ts'),
      `import { app } from '@azure/functions'; app.get('a', () => ({ body: 'new' }));`,
    );
    await buildApp(core.root);
    expect(before.filter((name) => !existsSync(join(core.root, 'dist', name)))).toHaveLength(2);
    expect(await call(core, 'a')).toEqual({ body: 'old' });
    expect(await call(loaded(core.root), 'a')).toEqual({ body: 'new' });
  });

  test('a call that comes too late is refused in words', async () => {
    const core = await built({
      'functions/a.ts': `import { app } from '@azure/functions'; app.get('a', () => app.get('late', () => ({})));`,
    });
    await expect(call(core, 'a')).rejects.toThrow('app.get is called too late');
  });
});

describe('is refused', () => {
  test.each<[what: string, source: string, reason: RegExp]>([
    ['a trigger that throws while it is loaded', `throw new Error('no key');`, /no key/],
    [
      'what cannot be written down',
      `import { app } from '@azure/functions'; app.http('a', { route: /a/ as any, handler: () => ({}) });`,
      /What "route" is registered with cannot be written down: \/a\//,
    ],
    [
      'a log hook, which is not waited for',
      `import { app } from '@azure/functions'; app.hook.log(() => {});`,
      /app\.hook\.log cannot be used/,
    ],
    ['what cannot be read', `const one = 1;\nconst one = 2;`, /functions\/a\.ts:2:6: ERROR: .*already been declared/],
  ])('%s', async (_, source, reason) => {
    await expect(buildApp(aFolder({ 'functions/a.ts': source }))).rejects.toThrow(reason);
  });
});
