import type { Arena } from './arena.ts';
import { inFlight, type Sizes } from './options.ts';
import type { Pace } from './pace.ts';
import type { Progress } from './progress.ts';
import { answered, type Side, type Sides, startSides } from './sides.ts';
import { median, percentile } from './statistics.ts';
import { atLeast, atMost, milliseconds, type Row } from './table.ts';
import type { Template } from './template.ts';

/** Text in → SMS out, one at a time and many at once, against the same storage calls and send made by hand. */
export async function measureTexts(arena: Arena, template: Template, options: Measured): Promise<readonly Row[]> {
  const { sizes, progress } = options;
  const { latencyRounds, latencyTexts, burstRounds, burstTexts } = sizes;
  const sides = await startSides(arena, template, latencyRounds * latencyTexts + burstRounds * burstTexts);
  const take = (plan: Plan) => answered(arena, 2 * plan.rounds * plan.texts, () => takeTurns(sides, plan, progress));
  const single = await take({ part: 'one text at a time', rounds: latencyRounds, texts: latencyTexts, atOnce: 1 });
  const burst = { rounds: burstRounds, texts: burstTexts, atOnce: inFlight };
  const bursts = await take({ part: `${inFlight} texts in flight`, ...burst });
  await Promise.all([sides.app.end(), sides.floor.end()]);
  return [...latencyRows(single), throughputRow(bursts)];
}

interface Measured {
  readonly sizes: Sizes;
  readonly progress: Progress;
}

interface Plan {
  readonly part: string;
  readonly rounds: number;
  readonly texts: number;
  readonly atOnce: number;
}

type Paces = { readonly [S in keyof Sides]: readonly Pace[] };

/** The sides take turns, and take turns in being first, so that noise from outside meets both alike. */
async function takeTurns(sides: Sides, { part, rounds, texts, atOnce }: Plan, progress: Progress): Promise<Paces> {
  const app: Pace[] = [];
  const floor: Pace[] = [];
  const turns: readonly (readonly [Side, Pace[]])[] = [
    [sides.app, app],
    [sides.floor, floor],
  ];
  for (let round = 1; round <= rounds; round++) {
    for (const [side, paces] of round % 2 === 0 ? turns : turns.toReversed()) paces.push(await side.run(texts, atOnce));
    progress(part, round, rounds);
  }
  return { app, floor };
}

function latencyRows({ app, floor }: Paces): readonly Row[] {
  const at = (paces: readonly Pace[], percent: number) =>
    percentile(
      paces.flatMap(({ durations }) => durations),
      percent,
    );
  const compared = (percent: number) => ({
    what: `text in → SMS out, p${percent} (one at a time), against the same calls made by hand`,
    app: at(app, percent),
    floor: at(floor, percent),
    show: milliseconds,
  });
  return [atMost(compared(50), 1.5), atMost(compared(99))];
}

function throughputRow({ app, floor }: Paces): Row {
  const rate = (paces: readonly Pace[]) =>
    median(paces.map(({ durations, elapsed }) => (1_000 * durations.length) / elapsed));
  const what = `texts a second (${inFlight} in flight), against the same calls made by hand`;
  return atLeast({ what, app: rate(app), floor: rate(floor), show: (value) => `${value.toFixed(0)}/s` }, 0.8);
}
