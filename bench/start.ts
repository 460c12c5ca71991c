import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleApp } from '../scripts/bundle.ts';
import type { Arena } from './arena.ts';
import type { Progress } from './progress.ts';
import type { StartTimes } from './startProbe.ts';
import { median } from './statistics.ts';
import { atMost, milliseconds, type Row } from './table.ts';

const bareFunction = `import { app } from '@azure/functions';
app.http('hello', { handler: async () => ({ body: 'hello' }) });
`;

/** Evaluating dist/app.cjs in a fresh process, all functions registered, against a bundle of @azure/functions and one function. */
export async function measureStart(arena: Arena, samples: number, progress: Progress): Promise<readonly Row[]> {
  const bundles = { app: join(arena.root, 'dist/app.cjs'), bare: await buildBare(arena) };
  const app: StartTimes[] = [];
  const bare: StartTimes[] = [];
  for (let sample = 1; sample <= samples; sample++) {
    app.push(await probe(arena, bundles.app));
    bare.push(await probe(arena, bundles.bare));
    progress('start', sample, samples);
  }
  const functions = app[0]?.functions ?? 0;
  if (functions < 2) throw new Error(`Only ${functions} functions were registered by ${bundles.app}.`);
  const compared = (name: 'evaluated' | 'started') => ({
    app: median(app.map((times) => times[name])),
    floor: median(bare.map((times) => times[name])),
    show: milliseconds,
  });
  const against = 'against a bare `@azure/functions` bundle';
  return [
    atMost(
      { what: `start: the bundle evaluated, ${functions} functions registered, ${against}`, ...compared('evaluated') },
      1.3,
    ),
    atMost({
      what: 'start: the same with appStart hooks, which read and check settings and playbook',
      ...compared('started'),
    }),
  ];
}

/** An app of one function, bundled in the same way into one file. */
async function buildBare({ directory, root }: Arena): Promise<string> {
  const bare = join(directory, 'bare');
  await mkdir(join(bare, 'functions'), { recursive: true });
  await writeFile(join(bare, 'functions/hello.ts'), bareFunction);
  await symlink(join(root, 'node_modules'), join(bare, 'node_modules'), 'junction');
  return (await bundleApp(bare)).outfile;
}

const run = promisify(execFile);

async function probe({ programs, environment }: Arena, bundle: string): Promise<StartTimes> {
  const { stdout } = await run(process.execPath, [programs.probe, bundle], { env: environment() });
  return JSON.parse(stdout);
}
