import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OnLoadResult, Plugin } from 'esbuild';

const here = (name: string): string => JSON.stringify(join(import.meta.dirname, name));

/** A global name in app.cjs; the build puts the calls of all parts in its place. */
export const callsName = 'CALLS_OF_PARTS';

/** The source of app.cjs: it registers everything and evaluates nothing of it. */
export const registering = (triggers: readonly string[]): string => `
  import { register } from ${here('register.ts')};
  const loads = [${triggers.map((file) => `() => import(${JSON.stringify(`part:${file}`)})`).join(',')}];
  register(${callsName}.map((calls, n) => ({ calls, load: loads[n] })));
`;

/**
 * Makes a part of each trigger file: the file with a recorder of its own for `app`, which the part hands out as `recorded`.
 * All else of `@azure/functions` stays what it is.
 */
export function partsOf(triggers: readonly string[], root: string): Plugin {
  // esbuild names a file by where it really lies.
  const fileOf = (trigger: string): string => realpathSync(resolve(root, trigger));
  const files = new Set(triggers.map(fileOf));
  const library = { filter: /^@azure\/functions$/ };
  return {
    name: 'parts',
    setup(build) {
      build.onResolve({ filter: /^part:/ }, ({ path }) => ({ path: path.slice('part:'.length), namespace: 'part' }));
      build.onResolve({ filter: /^recorded:/ }, ({ path }) => recorded(path.slice('recorded:'.length)));
      build.onResolve(library, ({ importer, namespace }) =>
        namespace === 'file' && files.has(importer) ? recorded(importer) : undefined,
      );
      build.onLoad({ filter: /./, namespace: 'part' }, ({ path }) => partSource(fileOf(path), root));
      build.onLoad({ filter: /./, namespace: 'recorded' }, () => ({ contents: recordedSource, resolveDir: root }));
    },
  };
}

const recorded = (path: string) => ({ path, namespace: 'recorded' });

const partSource = (file: string, root: string): OnLoadResult => ({
  contents: `import ${JSON.stringify(file)}; export { recorded } from ${JSON.stringify(`recorded:${file}`)};`,
  resolveDir: root,
});

const recordedSource = `
  import { recorder } from ${here('recorder.ts')};
  export * from '@azure/functions';
  export const { app, recorded } = recorder();
`;
