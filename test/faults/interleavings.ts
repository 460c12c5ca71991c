import type { Step } from './gate.ts';

/** One run: what could be let through at each point, and what was. */
interface Point {
  readonly enabled: readonly Step[];
  /** What need not be tried here, since it was before with the same effect. */
  readonly asleep: readonly Step[];
  readonly tried: Step[];
  chosen: Step;
}

/** Chooses at each point of a run; `undefined` once everything there is asleep, and so the run like one that was. */
export type Choose = (enabled: readonly Step[]) => Step | undefined;

interface Bounds {
  readonly most?: number | undefined;
  readonly enough?: () => boolean;
}

/**
 * Walks all interleavings of effects depth-first. Of those that differ only in the order of effects that cannot see each
 * other (on different things, or reads) it walks one (Godefroid's sleep sets). `run` plays one from its beginning.
 * Resolves to how many were walked to their end.
 */
export async function everyInterleaving(
  run: (choose: Choose) => Promise<'ended' | 'cut'>,
  { most = Number.POSITIVE_INFINITY, enough = () => false }: Bounds = {},
): Promise<number> {
  const path: Point[] = [];
  let walked = 0;
  do {
    let depth = 0;
    const ending = await run((enabled) => {
      const point = path[depth] ?? grow(path, enabled);
      depth++;
      return point?.chosen;
    });
    if (ending === 'ended') walked++;
  } while (walked < most && !enough() && turn(path));
  return walked;
}

/** The next point, at which the first that is not asleep is chosen. */
function grow(path: Point[], enabled: readonly Step[]): Point | undefined {
  const asleep = sleepAfter(path.at(-1));
  const chosen = enabled.find((step) => !isAmong(step, asleep));
  if (chosen === undefined) return undefined;
  const point = { enabled, asleep, tried: [], chosen };
  path.push(point);
  return point;
}

/** Goes back to the latest point at which something else is left to be tried; `false` if there is none. */
function turn(path: Point[]): boolean {
  for (let point = path.at(-1); point !== undefined; point = path.at(-1)) {
    point.tried.push(point.chosen);
    const { enabled, asleep, tried } = point;
    const next = enabled.find((step) => !isAmong(step, asleep) && !isAmong(step, tried));
    if (next !== undefined) {
      point.chosen = next;
      return true;
    }
    path.pop();
  }
  return false;
}

const sleepAfter = (point: Point | undefined): readonly Step[] =>
  point === undefined ? [] : [...point.asleep, ...point.tried].filter((step) => cannotSee(step, point.chosen));

const cannotSee = ({ effect: a }: Step, { effect: b }: Step): boolean => a.thing !== b.thing || (a.reads && b.reads);

const isAmong = ({ name }: Step, steps: readonly Step[]): boolean => steps.some((step) => step.name === name);
