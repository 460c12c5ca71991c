import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Paths of the programs that run in processes of their own. */
export interface Programs {
  readonly functions: string;
  readonly floor: string;
  readonly callFloor: string;
  readonly probe: string;
}

const sources = {
  functions: import.meta.resolve('./functionsProcess.ts'),
  floor: import.meta.resolve('./floorProcess.ts'),
  callFloor: import.meta.resolve('./callFloorProcess.ts'),
  probe: import.meta.resolve('./startProbe.ts'),
};

/**
 * Bundles them as the app is: otherwise stripping types and opening files would count as time and memory of what is
 * measured, and the floor would be a slow one.
 */
export async function buildPrograms(directory: string): Promise<Programs> {
  const entryPoints = Object.fromEntries(Object.entries(sources).map(([name, url]) => [name, fileURLToPath(url)]));
  await build({
    entryPoints,
    outdir: directory,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  const path = (name: keyof Programs) => join(directory, `${name}.cjs`);
  return { functions: path('functions'), floor: path('floor'), callFloor: path('callFloor'), probe: path('probe') };
}
