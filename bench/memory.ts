import { type Arena, startFunctions } from './arena.ts';
import type { Memory } from './functionsProcess.ts';
import { groupFor } from './group.ts';
import { inFlight } from './options.ts';
import type { Progress } from './progress.ts';
import { answered, appSide } from './sides.ts';
import type { Row } from './table.ts';

/** Bytes. */
const most = 200e6;
/** In which progress is told. */
const steps = 20;

/** What docs/deploying.md says of the worker's arguments, where memory is short. */
const lean = ['--max-semi-space-size=4', '--max-old-space-size=160'];

/** Resident memory of a process with the host and the app after so many texts: as Node runs by itself, and kept short. */
export async function measureMemory(arena: Arena, texts: number, progress: Progress): Promise<readonly Row[]> {
  const what = `resident memory of a functions process after ${texts.toLocaleString('en')} texts, ${inFlight} in flight`;
  return [
    row(what, await memoryAfter(arena, { texts, firstNumber: 13_602_000_000, execArgv: [] }, progress)),
    row(
      `the same, Node started with \`${lean.join(' ')}\``,
      await memoryAfter(arena, { texts, firstNumber: 14_062_000_000, execArgv: lean }, progress),
    ),
  ];
}

interface Subject {
  readonly texts: number;
  readonly firstNumber: number;
  readonly execArgv: readonly string[];
}

interface Course {
  readonly begin: Memory;
  readonly end: Memory;
}

async function memoryAfter(arena: Arena, subject: Subject, progress: Progress): Promise<Course> {
  const { texts, firstNumber, execArgv } = subject;
  const { child, url } = await startFunctions(arena, { execArgv });
  const side = appSide(arena, { child, url, group: groupFor(texts, firstNumber) });
  const begin = await child.ask<Memory>({ type: 'memory' });
  await answered(arena, texts, async () => {
    for (let step = 1, sent = 0; step <= steps; step++) {
      const upTo = Math.round((texts * step) / steps);
      await side.run(upTo - sent, inFlight);
      sent = upTo;
      progress(`memory after ${texts} texts`, step, steps);
    }
  });
  const end = await child.ask<Memory>({ type: 'memory' });
  await side.end();
  return { begin, end };
}

function row(what: string, { begin, end: { now, peak, live } }: Course): Row {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return {
    what,
    aim: `≤ ${megabytes(most)}`,
    measured: `${megabytes(now)} (at most ${megabytes(peak)}; ${megabytes(begin.now)} before the first; live heap ${megabytes(live)})`,
    met: now <= most,
  };
}
