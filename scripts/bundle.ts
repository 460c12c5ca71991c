import { existsSync, globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type BuildOptions, build, type OutputFile } from 'esbuild';

export interface Bundled {
  /** The file that `main` in package.json names. */
  readonly outfile: string;
  /** Of all code, without source maps. */
  readonly bytes: number;
  /** What esbuild would like to be looked at, as sentences with file and line. */
  readonly warnings: readonly string[];
}

/** What everything that runs as the app is bundled with. */
export const bundling = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  // Where a package has ES modules take those, as `import` takes them elsewhere: otherwise the SMS client brings Azure's
  // core libraries a second time, and answering the first text costs a quarter more.
  mainFields: ['module', 'main'],
  // The worker provides it, and no package of that name exists.
  external: ['@azure/functions-core'],
  logLevel: 'silent',
  write: false,
} as const satisfies BuildOptions;

/** An `import()` stays lazy but becomes a lazy `require`, so that whoever loads the bundle sees everything it asks for. */
export const lazyRequire = { 'dynamic-import': false } as const;

/**
 * Bundles an app into one CommonJS file that registers its functions while it is loaded: the simplest form, for small apps.
 * Throws esbuild's failure, whose message names file and line.
 */
export async function bundleApp(root: string): Promise<Bundled> {
  const outfile = resolve(root, 'dist/app.cjs');
  const imports = triggersOf(root).map((file) => `import ${JSON.stringify(`./${file}`)};`);
  const { warnings, outputFiles } = await build({
    ...bundling,
    stdin: { contents: imports.join('\n'), resolveDir: root, sourcefile: 'entry.js' },
    absWorkingDir: root,
    outfile,
    format: 'cjs',
    sourcemap: 'linked',
    supported: lazyRequire,
  });
  for (const file of outputFiles) replace(file);
  const bytes = outputFiles.find(({ path }) => path === outfile)?.contents.length ?? 0;
  return { outfile, bytes, warnings: warnings.map(sentence) };
}

/** The files that register something, with paths from `root`: start.ts, where there is one, and functions/*.ts by name. */
export function triggersOf(root: string): readonly string[] {
  const triggers = globSync('functions/*.ts', { cwd: root }).sort();
  if (triggers.length === 0)
    throw new Error(`There is nothing to build: ${resolve(root, 'functions')} holds no .ts file.`);
  const first = existsSync(resolve(root, 'shared/runtime/start.ts')) ? ['shared/runtime/start.ts'] : [];
  return [...first, ...triggers].map((file) => file.replaceAll('\\', '/'));
}

interface Place {
  readonly file: string;
  readonly line: number;
}

export const sentence = ({ text, location }: { readonly text: string; readonly location: Place | null }): string =>
  `${location?.file}:${location?.line}: ${text}`;

/** In one move, so that a world that starts meanwhile loads the old file or the new one, and not half of it. */
export function replace({
  path,
  contents,
}: Pick<OutputFile, 'path'> & { readonly contents: Uint8Array | string }): void {
  const written = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(written, contents);
  renameSync(written, path);
}
