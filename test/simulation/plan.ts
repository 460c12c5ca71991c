import type { Mode } from '../../shared/conversations/head.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { local, tollFree } from '../support/smsValues.ts';
import { between, childOf, type Dice, dice, type Id, type Span, type Weights, weighted } from './dice.ts';
import type { HappeningType, Outage, Profile } from './profiles.ts';

/** Something that people do. `at`: milliseconds since the run began. */
export type Happening = { readonly id: Id; readonly at: number } & (
  | { readonly type: 'text'; readonly text: string }
  /** An agent's client asks, and asks again with its key as often as `patience` says when it is not told. */
  | { readonly type: 'send'; readonly text: string; readonly keyed: boolean; readonly patience: number }
  | { readonly type: 'mode'; readonly mode: Mode }
  /** An agent presses "send anew" on whatever has failed or is unknown, at once and after each of these. */
  | { readonly type: 'resend'; readonly clicks: readonly number[] }
  | { readonly type: 'erase' }
  | { readonly type: 'list' }
  /** A report about a text that nobody knows any more. */
  | { readonly type: 'stray-report' }
);

export type HappeningOf<T extends HappeningType> = Happening & { readonly type: T };

/** Who is there and what they do, whatever goes wrong. */
export interface Plan {
  readonly service: PhoneNumber;
  /** By how much each worker's clock is ahead, in milliseconds. */
  readonly clocks: readonly number[];
  /** The carrier has blocked our number from the start, and has not said so. */
  readonly blocked: boolean;
  /** Automatic replies a minute; few in some runs, so that the budget is met. */
  readonly budget: number | undefined;
  readonly happenings: readonly Happening[];
}

const workers = 3;
const clockError = 5_000;
const words: Weights<string> = { hi: 45, STOP: 20, START: 12, YES: 10, HELP: 8, 'please stop': 5 };
/** What is said where something else matters: who stops is not answered any more. */
const patient: Weights<string> = { hi: 85, HELP: 8, START: 4, STOP: 3 };
/** Before these there is nothing to do anything about. */
const openings: Weights<HappeningType> = { text: 80, send: 20 };
const root: Id = 1;

/** The plan of a seed. */
export function planOf(seed: number, profile: Profile): Plan {
  const roll = dice(seed, root);
  const clocks = Array.from({ length: workers }, () => between(roll, [-clockError, clockError]));
  const service = roll() < 0.7 ? local : tollFree;
  const budget = roll() < 0.15 ? 2 : undefined;
  const blocked = roll() < 0.05;
  const happenings = profile.outage ? throughout(profile.outage, profile, roll) : happeningsOf(roll, profile);
  return { service, clocks, blocked, budget, happenings };
}

function happeningsOf(roll: Dice, profile: Profile): Happening[] {
  const happenings: Happening[] = [];
  let at = 0;
  const count = between(roll, [2, 6]);
  for (let n = 0; n < count; n++) {
    const type = weighted(roll, n === 0 ? openings : profile.happenings);
    happenings.push(happening(type, { id: childOf(root, n), at, n }, roll));
    at += gap(roll);
  }
  return happenings;
}

/** People write before an outage, all through it and after it, and many at its end. */
function throughout({ from, until }: Outage, profile: Profile, roll: Dice): Happening[] {
  const times = Array.from({ length: between(roll, [8, 14]) }, () => {
    const span: Span = roll() < 0.7 ? [0, until + from] : [until - from, until + 10_000];
    return between(roll, span);
  });
  return times
    .sort((a, b) => a - b)
    .map((at, n) => {
      const place = { id: childOf(root, n), at, n };
      const type = weighted(roll, profile.happenings);
      return type === 'text' ? { ...place, type, text: weighted(roll, patient) } : happening(type, place, roll);
    });
}

interface Place {
  readonly id: Id;
  readonly at: number;
  readonly n: number;
}

function happening(type: HappeningType, { id, at, n }: Place, roll: Dice): Happening {
  switch (type) {
    case 'text':
      return { id, at, type, text: weighted(roll, words) };
    case 'send': {
      const keyed = roll() < 0.8;
      return { id, at, type, text: `${n}`, keyed, patience: keyed ? between(roll, [0, 4]) : 0 };
    }
    case 'mode':
      return { id, at, type, mode: roll() < 0.6 ? 'agent' : 'bot' };
    case 'resend':
      return { id, at: at + between(roll, [0, 120_000]), type, clicks: [between(roll, [0, 3_000])] };
    case 'erase':
    case 'list':
    case 'stray-report':
      return { id, at, type };
  }
}

/** People are quick, or slow, or both at once. */
function gap(roll: Dice): number {
  const kind = roll();
  if (kind < 0.3) return between(roll, [0, 60]);
  if (kind < 0.6) return between(roll, [60, 3_000]);
  if (kind < 0.9) return between(roll, [3_000, 40_000]);
  return between(roll, [40_000, 400_000]);
}
