import { type Arena, serviceNumber, startFloor, startFunctions } from './arena.ts';
import type { Child } from './child.ts';
import { type Group, groupFor } from './group.ts';
import { type Pace, paced } from './pace.ts';
import type { Template } from './template.ts';
import { texter } from './texter.ts';

/** The app or what it is measured against, ready and warm. */
export interface Side {
  run(texts: number, atOnce: number): Promise<Pace>;
  end(): Promise<void>;
}

export interface Sides {
  readonly app: Side;
  readonly floor: Side;
}

/** Both in processes of their own, each with its conversations begun. `texts`: how many each side will be asked for. */
export async function startSides(arena: Arena, template: Template, texts: number): Promise<Sides> {
  const group = groupFor(texts, 12_062_000_000);
  const floor = floorSide(await startFloor(arena, template, group));
  const app = appSide(arena, { ...(await startFunctions(arena)), group });
  await answered(arena, 2 * group.size, async () => {
    for (const side of [floor, app]) await side.run(group.size, 8);
  });
  return { app, floor };
}

/**
 * Runs what should make ACS accept so many texts; throws when it did not, for a figure of failures is none. One in a
 * hundred may leave later: on a busy machine the emulator closes an idle connection just when a send takes it, and what may
 * have left is sent again by a wake.
 */
export async function answered<T>({ world }: Arena, texts: number, run: () => Promise<T>): Promise<T> {
  const accepted = () => world.acs.carrier.sent({ from: serviceNumber }).length;
  const before = accepted();
  const result = await run();
  const sent = accepted() - before;
  if (Math.abs(sent - texts) > texts / 100) throw new Error(`Of ${texts} texts, ${sent} were answered.`);
  return result;
}

interface AppSide {
  readonly child: Child;
  readonly url: string;
  readonly group: Group;
}

export function appSide(arena: Arena, { child, url, group }: AppSide): Side {
  const subscribers = texter(arena, { url, group });
  return {
    run: (texts, atOnce) => paced(texts, atOnce, subscribers.next),
    async end() {
      subscribers.close();
      await child.end();
    },
  };
}

export const floorSide = (child: Child): Side => ({
  run: (texts, atOnce) => child.ask<Pace>({ type: 'run', texts, atOnce }),
  end: () => child.end(),
});
