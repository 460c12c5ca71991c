/**
 * What a conversation has cost lately, as its head keeps it: `<milliseconds since 1970>:<segments>`, oldest first, with
 * commas between; some two dozen of them at most, however much is sent.
 */
export type Spent = string;

/** So many segments within so many milliseconds, whenever they begin. */
export interface SubscriberCap {
  readonly segments: number;
  readonly within: number;
}

interface Cost {
  /** Of the latest text counted here. */
  readonly at: number;
  readonly segments: number;
}

/** Texts of one step of the span are counted together; they leave it together, when the latest of them does. */
const steps = 24;

/**
 * What is spent once this text is counted, to be written with the text in one transaction; `undefined` if it has no room.
 * In no span of time does a subscriber get more than the cap, whatever the clocks of several processes show; a text that
 * would just fit may be refused for one step of the span longer than it had to be.
 */
export function spend(spent: Spent | undefined, segments: number, now: number, cap: SubscriberCap): Spent | undefined {
  const costs = costsIn(spent).filter(({ at }) => at > now - cap.within);
  const sum = costs.reduce((total, cost) => total + cost.segments, segments);
  return sum > cap.segments
    ? undefined
    : added(costs, { at: now, segments }, cap.within / steps)
        .map(written)
        .join();
}

function added(costs: readonly Cost[], { at, segments }: Cost, step: number): readonly Cost[] {
  const last = costs.at(-1);
  // A process whose clock is behind counts with the latest, so that they stay in order.
  if (last === undefined || Math.floor(last.at / step) < Math.floor(at / step)) return [...costs, { at, segments }];
  return [...costs.slice(0, -1), { at: Math.max(last.at, at), segments: last.segments + segments }];
}

const costsIn = (spent: Spent | undefined): Cost[] =>
  spent ? spent.split(',').map((cost) => costOf(cost.split(':').map(Number))) : [];

const costOf = ([at = 0, segments = 0]: readonly number[]): Cost => ({ at, segments });

const written = ({ at, segments }: Cost): string => `${at}:${segments}`;
