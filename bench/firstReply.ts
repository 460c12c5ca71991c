import { type Arena, startFloor, startFunctions } from './arena.ts';
import type { Progress } from './progress.ts';
import { answered, appSide, floorSide, type Side } from './sides.ts';
import { median } from './statistics.ts';
import { atMost, milliseconds, type Row } from './table.ts';
import type { Template } from './template.ts';

/** Milliseconds from starting a process until it takes texts, and until its first one is answered. */
interface FirstText {
  readonly ready: number;
  readonly answered: number;
}

interface Measured {
  readonly samples: number;
  readonly progress: Progress;
}

/** A process that does not run yet → its first reply, against a process that makes the same calls by hand. */
export async function measureFirstReply(arena: Arena, template: Template, options: Measured): Promise<readonly Row[]> {
  const { samples, progress } = options;
  const app: FirstText[] = [];
  const floor: FirstText[] = [];
  for (let sample = 1; sample <= samples; sample++) {
    // Numbers of its own, so that its text is the first of its conversation.
    const group = { firstNumber: 12_532_000_000 + sample, size: 1 };
    app.push(
      await firstText(arena, async () => appSide(arena, { ...(await startFunctions(arena, { port: 0 })), group })),
    );
    floor.push(await firstText(arena, async () => floorSide(await startFloor(arena, template, group))));
    progress('process → first reply', sample, samples);
  }
  const middle = (side: readonly FirstText[], moment: keyof FirstText) => median(side.map((times) => times[moment]));
  const first = milliseconds(middle(app, 'answered') - middle(app, 'ready'));
  return [
    atMost({
      what: `no process → first reply (host and app are up after ${milliseconds(middle(app, 'ready'))}, the text takes ${first}), against a process that makes the calls by hand`,
      app: middle(app, 'answered'),
      floor: middle(floor, 'answered'),
      show: milliseconds,
    }),
  ];
}

async function firstText(arena: Arena, start: () => Promise<Side>): Promise<FirstText> {
  const began = performance.now();
  const side = await start();
  const ready = performance.now() - began;
  await answered(arena, 1, () => side.run(1, 1));
  const times = { ready, answered: performance.now() - began };
  await side.end();
  return times;
}
