/** Makes the console's page and assets, dist/console, of the sources in console/. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Rollup } from 'vite';
import { replace } from './bundle.ts';

/** What the result depends on besides console/: the versions of packages, and how they are put together. */
const alsoRead = ['package-lock.json', 'scripts/consoleBuild.ts'];
/** Text shrinks; what is compressed already does not. */
const shrinks = /\.(html|js|css|svg|json)$/;

interface Emitted {
  readonly name: string;
  readonly contents: Uint8Array;
}

/**
 * Builds the console of an app into its dist/console, unless what lies there was made of the same: assets named by their
 * hash, each with its compressed copies beside it (`.br`, `.gz`), and index.html. `true` if it had to be made. Throws
 * Vite's failure, which names file and line.
 */
export async function buildConsole(root: string = resolve(import.meta.dirname, '..')): Promise<boolean> {
  const outdir = join(root, 'dist/console');
  const stampFile = join(outdir, '.stamp');
  const stamp = stampOf(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  const files = (await inProduction(() => emitted(root))).flatMap(withCompressed);
  // The page last, so that whatever it names is there.
  const pageLast = files.toSorted((a, b) => Number(isPage(a)) - Number(isPage(b)));
  for (const { name, contents } of pageLast) replace({ path: join(outdir, name), contents });
  removeOthers(outdir, new Set(files.map(({ name }) => name)));
  replace({ path: stampFile, contents: stamp });
  return true;
}

const isPage = ({ name }: Emitted): boolean => name.startsWith('index.html');

/** Of everything that is read, by name and content. */
function stampOf(root: string): string {
  const files = globSync('console/**/*.*', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), ...alsoRead.filter((file) => existsSync(join(root, file)))])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** What ships is what is tried: where tests build it, Vite would take the React that is for developers. */
async function inProduction<T>(act: () => Promise<T>): Promise<T> {
  // Vite and its plugins read it here, and take it in no other way.
  const { env } = process;
  const { NODE_ENV: before } = env;
  env['NODE_ENV'] = 'production';
  try {
    return await act();
  } finally {
    if (before === undefined) delete env['NODE_ENV'];
    else env['NODE_ENV'] = before;
  }
}

/** Vite is a second of loading, and is spared who needs nothing made. */
async function emitted(root: string): Promise<readonly Emitted[]> {
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  const output = await build({
    configFile: false,
    root: join(root, 'console'),
    base: '/console/',
    mode: 'production',
    logLevel: 'warn',
    plugins: [react()],
    // Nothing is inlined: the policy takes no script or style that is not a file, and no data address but images.
    build: {
      write: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  return (output as Rollup.RollupOutput).output.map((file) => ({
    name: file.fileName,
    contents: Buffer.from(file.type === 'chunk' ? file.code : file.source),
  }));
}

function withCompressed(file: Emitted): readonly Emitted[] {
  if (!shrinks.test(file.name)) return [file];
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: file.contents.length };
  return [
    { name: `${file.name}.br`, contents: brotliCompressSync(file.contents, { params }) },
    { name: `${file.name}.gz`, contents: gzipSync(file.contents, { level: 9 }) },
    file,
  ];
}

/** Of an earlier build. */
function removeOthers(outdir: string, kept: ReadonlySet<string>): void {
  for (const name of globSync('{index.html*,assets/*}', { cwd: outdir }).map((file) => file.replaceAll('\\', '/')))
    if (!kept.has(name)) rmSync(join(outdir, name), { force: true });
}
