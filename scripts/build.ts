/** Makes the deployable: `npm run build` bundles every trigger of functions/ into dist/app.cjs. */
import { existsSync, globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build, type OutputFile } from 'esbuild';

export interface BuildOptions {
  /** The app's folder, with functions/ in it; by default this repository. */
  readonly root?: string | undefined;
  /** Where the bundle goes, by default `dist/app.cjs` of the app; its source map lies beside it. */
  readonly outfile?: string | undefined;
}

export interface Built {
  readonly outfile: string;
  readonly bytes: number;
  readonly milliseconds: number;
  /** What esbuild would like to be looked at, as sentences with file and line. */
  readonly warnings: readonly string[];
}

/**
 * Bundles functions/*.ts, in the order of their names and after shared/runtime/start.ts where there is one, into one
 * CommonJS file: the form that starts fastest. Throws esbuild's failure, whose message names file and line.
 */
export async function buildApp({
  root = resolve(import.meta.dirname, '..'),
  outfile,
}: BuildOptions = {}): Promise<Built> {
  const began = performance.now();
  const target = outfile ?? resolve(root, 'dist/app.cjs');
  const { warnings, outputFiles } = await build({
    stdin: { contents: entryOf(root), resolveDir: root, sourcefile: 'entry.js' },
    absWorkingDir: root,
    outfile: target,
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // Where a package has ES modules take those, as `import` takes them elsewhere: otherwise the SMS client brings Azure's
    // core libraries a second time, and answering the first text costs a quarter more.
    mainFields: ['module', 'main'],
    // The worker provides it, and no package of that name exists.
    external: ['@azure/functions-core'],
    // An `import()` stays lazy but becomes a lazy `require`, so that whoever loads the bundle sees everything it asks for.
    supported: { 'dynamic-import': false },
    logLevel: 'silent',
    write: false,
  });
  for (const file of outputFiles) replace(file);
  return {
    outfile: target,
    bytes: outputFiles.find(({ path }) => path === target)?.contents.length ?? 0,
    milliseconds: Math.round(performance.now() - began),
    warnings: warnings.map(({ text, location }) => `${location?.file}:${location?.line}: ${text}`),
  };
}

/** In one move, so that a world that starts meanwhile loads the old bundle or the new one, and not half of it. */
function replace({ path, contents }: OutputFile): void {
  const written = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(written, contents);
  renameSync(written, path);
}

function entryOf(root: string): string {
  const triggers = globSync('functions/*.ts', { cwd: root }).sort();
  if (triggers.length === 0)
    throw new Error(`There is nothing to build: ${resolve(root, 'functions')} holds no .ts file.`);
  const first = existsSync(resolve(root, 'shared/runtime/start.ts')) ? ['shared/runtime/start.ts'] : [];
  return [...first, ...triggers]
    .map((file) => `import ${JSON.stringify(`./${file.replaceAll('\\', '/')}`)};`)
    .join('\n');
}

if (import.meta.main) {
  try {
    const { outfile, bytes, milliseconds, warnings } = await buildApp();
    for (const warning of warnings) console.warn(warning);
    console.log(`${relative(process.cwd(), outfile)}: ${Math.ceil(bytes / 1000)} kB in ${milliseconds} ms`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
