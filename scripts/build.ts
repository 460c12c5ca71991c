/** Makes the deployable: `npm run build` makes dist/app.cjs of the triggers in functions/, the parts that it loads, and the console. */
import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type OutputFile, transform } from 'esbuild';
import { type Bundled, bundling, lazyRequire, replace, sentence, triggersOf } from './bundle.ts';
import { buildConsole } from './consoleBuild.ts';
import { callsName, partsOf, registering } from './deployable/parts.ts';

export interface Built extends Bundled {
  readonly milliseconds: number;
  /** How many files of code there are, app.cjs among them. */
  readonly files: number;
}

/**
 * Builds an app, by default this repository's, into its dist/: app.cjs registers the functions as the trigger files do, and
 * loads a file when something that it registers is first called. What two files share is in one part, evaluated once.
 * Throws esbuild's failure, whose message names file and line, or what a trigger file throws while it is evaluated.
 */
export async function buildApp(root: string = resolve(import.meta.dirname, '..')): Promise<Built> {
  const began = performance.now();
  const outdir = resolve(root, 'dist');
  const outfile = join(outdir, 'app.cjs');
  const { modules, parts, warnings } = await bundled(root, outdir);
  const { app, rest } = apart(modules, outfile);
  const written = (await Promise.all(rest.map((module) => commonJs(module)))).flat();
  for (const file of written) replace(file);
  const calls = await callsOf(parts.map((name) => join(outdir, name)));
  // Last, so that whatever app.cjs names is there.
  const main = await commonJs(app, { [callsName]: calls });
  for (const file of main) replace(file);
  removeOthers(outdir, [...written, ...main]);
  const code = [...written, ...main].filter(({ path }) => path.endsWith('.cjs'));
  return {
    outfile,
    bytes: code.reduce((sum, { contents }) => sum + Buffer.byteLength(contents), 0),
    files: code.length,
    milliseconds: Math.round(performance.now() - began),
    warnings,
  };
}

/** As ES modules, for esbuild splits no others; `parts` are the names of the triggers' files, in their order. */
async function bundled(root: string, outdir: string) {
  const triggers = triggersOf(root);
  const { warnings, outputFiles, metafile } = await build({
    ...bundling,
    stdin: { contents: registering(triggers), resolveDir: root, sourcefile: 'app.js' },
    absWorkingDir: root,
    outdir,
    entryNames: 'app',
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'esm',
    splitting: true,
    sourcemap: 'inline',
    metafile: true,
    plugins: [partsOf(triggers, root)],
  });
  const names = new Map(Object.entries(metafile.outputs).map(([file, { entryPoint }]) => [entryPoint, basename(file)]));
  const parts = triggers.map((file) => names.get(`part:${file}`) ?? '');
  return { modules: outputFiles, parts, warnings: warnings.map(sentence) };
}

function apart(modules: readonly OutputFile[], outfile: string) {
  const app = modules.find(({ path }) => path === outfile);
  if (app === undefined) throw new Error(`esbuild has made no ${outfile}.`);
  return { app, rest: modules.filter((module) => module !== app) };
}

interface Written {
  readonly path: string;
  readonly contents: string;
}

/** An ES module of the bundle as CommonJS, with its source map beside it. */
async function commonJs({ path, text }: OutputFile, define: Readonly<Record<string, string>> = {}): Promise<Written[]> {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: bundling.platform,
    target: bundling.target,
    minify: true,
    supported: lazyRequire,
    sourcemap: 'external',
    sourcefile: basename(path),
    define,
  });
  return [
    { path: `${path}.map`, contents: map },
    { path, contents: `${code}//# sourceMappingURL=${basename(path)}.map\n` },
  ];
}

/** What each part says to `app`, as JSON; asked in a process of its own, without settings. */
async function callsOf(parts: readonly string[]): Promise<string> {
  const program = join(import.meta.dirname, 'deployable/tellCalls.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...parts], { env: {} });
  return stdout;
}

/** Parts of an earlier build. */
function removeOthers(outdir: string, written: readonly Written[]): void {
  const kept = new Set(written.map(({ path }) => basename(path)));
  for (const name of readdirSync(outdir))
    if (/\.cjs(\.map)?$/.test(name) && !kept.has(name)) rmSync(join(outdir, name), { force: true });
}

if (import.meta.main) {
  try {
    const { outfile, bytes, files, milliseconds, warnings } = await buildApp();
    for (const warning of warnings) console.warn(warning);
    const size = `${Math.ceil(bytes / 1000)} kB in ${files} files`;
    console.log(`${relative(process.cwd(), outfile)}: ${size}, made in ${milliseconds} ms`);
    console.log(`dist/console: ${(await buildConsole()) ? 'made' : 'as it was'}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
