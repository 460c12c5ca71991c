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

/** Resident memory of a process with the host and the app after so many texts. */
export async function measureMemory(arena: Arena, texts: number, progress: Progress): Promise<readonly Row[]> {
  const { child, url } = await startFunctions(arena);
  const side = appSide(arena, { child, url, group: groupFor(texts, 13_602_000_000) });
  const begin = await child.ask<Memory>({ type: 'memory' });
  await answered(arena, texts, async () => {
    for (let step = 1, sent = 0; step <= steps; step++) {
      const upTo = Math.round((texts * step) / steps);
      await side.run(upTo - sent, inFlight);
      sent = upTo;
      progress(`memory after ${texts} texts`, step, steps);
    }
  });
  const { now, peak, live } = await child.ask<Memory>({ type: 'memory' });
  await side.end();
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return [
    {
      what: `resident memory of a functions process after ${texts.toLocaleString('en')} texts, ${inFlight} in flight`,
      aim: `≤ ${megabytes(most)}`,
      measured: `${megabytes(now)} (at most ${megabytes(peak)}; ${megabytes(begin.now)} before the first; live heap ${megabytes(live)})`,
      met: now <= most,
    },
  ];
}
