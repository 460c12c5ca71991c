/** `npm run bench`: what the app costs, measured in one run against what it cannot do without. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Arena, openArena } from './arena.ts';
import { measureCalls } from './calls.ts';
import { measureFirstReply } from './firstReply.ts';
import { measureMemory } from './memory.ts';
import { readOptions, type Sizes } from './options.ts';
import { circumstances, openPage } from './page.ts';
import { printed } from './progress.ts';
import { countRequests } from './requests.ts';
import { measureStart } from './start.ts';
import { markdown, type Row } from './table.ts';
import { readTemplate } from './template.ts';
import { measureTexts } from './texts.ts';
import { measureTokens } from './tokens.ts';

const root = join(import.meta.dirname, '..');

async function measure(sizes: Sizes): Promise<readonly Row[]> {
  const opening = openArena(root, await mkdtemp(join(tmpdir(), 'switchboard-bench-')));
  endOnSignal(opening);
  const arena = await opening;
  try {
    console.log('  storage requests');
    const requests = await countRequests(arena);
    const template = await readTemplate(arena.storage);
    const texts = await measureTexts(arena, template, { sizes, progress: printed });
    const start = await measureStart(arena, sizes.starts, printed);
    const first = await measureFirstReply(arena, template, { samples: sizes.firstTexts, progress: printed });
    const memory = await measureMemory(arena, sizes.memoryTexts, printed);
    const tokens = await measureTokens(arena, sizes, printed);
    const calls = await measureCalls(arena, sizes, printed);
    return [...texts, ...start, ...first, ...requests, ...memory, ...tokens, ...calls];
  } finally {
    await arena.close();
  }
}

let interrupted = false;

/** Ctrl-C leaves nothing behind either. */
function endOnSignal(opening: Promise<Arena>): void {
  const end = async () => {
    interrupted = true;
    await (await opening).close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(130)));
}

/** The aims are for people to look at: a figure that misses one is no failure. */
async function main(args: readonly string[]): Promise<void> {
  const { quick, write, sizes } = readOptions(args);
  const page = write === undefined ? undefined : openPage(write);
  const before = circumstances();
  console.log(quick ? 'A quick run, to see that it runs:' : 'Measuring; leave the machine alone meanwhile:');
  const result = `${before}\n\n${markdown(await measure(sizes))}`;
  console.log(`\n${result}`);
  page?.(result);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  // What an interruption tore down is no news.
  if (!interrupted) console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
