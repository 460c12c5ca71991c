import type { Agenda } from './agenda.ts';
import type { Dice, Id } from './dice.ts';
import type { Occasion, Trouble } from './troubles.ts';

/** What every part of a run stands on. */
export interface Stage {
  readonly agenda: Agenda;
  /** Milliseconds since 1970, by a clock that is right. */
  now(): number;
  roll(id: Id): Dice;
  /** What goes wrong this time, if anything. */
  trouble<O extends Occasion>(id: Id, occasion: O, label: string, roll: Dice): Trouble<O> | undefined;
  /** Whether anybody reads labels; making them takes time. */
  readonly worded: boolean;
  /** Writes a line of the story, where one is written. */
  readonly tell: ((who: string, what: string) => void) | undefined;
}

/** A request's way there, or back: quick most often, slow now and then; milliseconds. */
export function wayOf(roll: Dice): number {
  const kind = roll();
  const part = roll();
  if (kind < 0.8) return 1 + Math.floor(part * 10);
  if (kind < 0.97) return 10 + Math.floor(part * 90);
  return 100 + Math.floor(part * 1_400);
}
