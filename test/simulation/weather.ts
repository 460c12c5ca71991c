import { between, type Dice, type Id, weighted } from './dice.ts';
import type { Profile } from './profiles.ts';
import { type Occasion, type Odds, type Trouble, usually } from './troubles.ts';

/** A moment at which something could go wrong. */
export interface Moment<O extends Occasion = Occasion> {
  readonly id: Id;
  readonly occasion: O;
  /** What is being done, such as `text 1: commit`; written out only where somebody listens. */
  readonly label: string;
  readonly roll: Dice;
  /** Milliseconds since the run began. */
  readonly at: number;
}

/** Decides what goes wrong. */
export type Weather = <O extends Occasion>(moment: Moment<O>) => Trouble<O> | undefined;

/** Trouble by chance, as a profile has it; what is out while its outage lasts meets nothing else. */
export const chancy =
  ({ odds, outage }: Profile): Weather =>
  ({ occasion, roll, at }) => {
    const out = outage && at >= outage.from && at < outage.until ? outage.odds[occasion] : undefined;
    const trouble = drawn(occasion, out ?? odds[occasion], roll);
    // Nobody takes a message out of a queue that is not there.
    return out && trouble && occasion === 'dequeue' ? { ...trouble, ms: trouble.ms + outage!.until - at } : trouble;
  };

function drawn<O extends Occasion>(occasion: O, odds: Odds<O>, roll: Dice): Trouble<O> | undefined {
  const { chance, kinds, lasting } = odds;
  if (roll() >= chance) return undefined;
  const kind = weighted(roll, kinds);
  const span = lasting?.[kind] ?? usually[occasion][kind];
  return { kind, ms: span === undefined ? 0 : between(roll, span) };
}

/** Just the troubles that are listed. */
export const scripted =
  (script: ReadonlyMap<Id, Trouble>): Weather =>
  <O extends Occasion>({ id }: Moment<O>) =>
    script.get(id) as Trouble<O> | undefined;
