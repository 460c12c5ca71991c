/**
 * Names a decision of a run. It hangs on what the decision is about and not on how many were taken before, so that a run
 * keeps its fate when something is left out of it: that is what lets a failing run be made shorter.
 */
export type Id = number;

/** The `n`th thing that `parent` decides. 32 bits: two that meet only share their luck. */
export const childOf = (parent: Id, n: number): Id => scramble(parent ^ Math.imul(n + 1, 0x9e3779b1));

/** Throws a number in [0, 1). */
export type Dice = () => number;

/** The numbers of one decision of one run: the same, always (mulberry32). */
export function dice(seed: number, id: Id): Dice {
  let state = scramble(seed ^ scramble(id));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export const between = (roll: Dice, [low, high]: Span): number => low + Math.floor(roll() * (high - low + 1));

/** From and to, both included; milliseconds unless it says otherwise. */
export type Span = readonly [number, number];

export type Weights<K extends string> = Readonly<Partial<Record<K, number>>>;

/** One of the names, each as often as its weight says. */
export function weighted<K extends string>(roll: Dice, weights: Weights<K>): K {
  const names = Object.keys(weights) as K[];
  let left = roll() * names.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
  for (const name of names) {
    left -= weights[name] ?? 0;
    if (left < 0) return name;
  }
  return names.at(-1) as K;
}

/** The finish of MurmurHash3: neighbours in, strangers out. */
function scramble(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
