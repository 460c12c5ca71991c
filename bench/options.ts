import { parseArgs } from 'node:util';

/** How much is measured. Rounds alternate between the app and what it is measured against. */
export interface Sizes {
  readonly latencyRounds: number;
  /** Texts a side in a round, one at a time. */
  readonly latencyTexts: number;
  readonly burstRounds: number;
  /** Texts a side in a round, `inFlight` of them at a time. */
  readonly burstTexts: number;
  /** Fresh processes a side that evaluate a bundle. */
  readonly starts: number;
  /** Fresh processes a side that send one text. */
  readonly firstTexts: number;
  /** Texts before memory is read. */
  readonly memoryTexts: number;
  /** Calls a side, one at a time. */
  readonly calls: number;
  /** Times a side that `callers` ring at once. */
  readonly callCrowds: number;
}

export interface Options {
  readonly quick: boolean;
  /** The page whose table is to be replaced. */
  readonly write?: string | undefined;
  readonly sizes: Sizes;
}

/** Texts under way at the same time, where it is throughput or memory that is measured. */
export const inFlight = 64;

/** Calls at once, likewise. */
export const callers = 50;

/** About three minutes on two cores; a p99 needs a thousand values to be more than a worst case. */
const whole: Sizes = {
  latencyRounds: 40,
  latencyTexts: 25,
  burstRounds: 10,
  burstTexts: 320,
  starts: 21,
  firstTexts: 7,
  memoryTexts: 10_000,
  calls: 100,
  callCrowds: 8,
};

/** To see that everything runs; its figures say little. */
const small: Sizes = {
  latencyRounds: 4,
  latencyTexts: 10,
  burstRounds: 2,
  burstTexts: 128,
  starts: 3,
  firstTexts: 2,
  memoryTexts: 500,
  calls: 5,
  callCrowds: 1,
};

const usage = `npm run bench -- [--quick] [--texts N] [--write FILE]
  --quick       make each part small: shows that it runs, measures little
  --texts N     texts before memory is read (${whole.memoryTexts})
  --write FILE  put the table into FILE, such as docs/performance.md; only for a whole run`;

/** Reads the command line; throws a sentence about what it cannot read. */
export function readOptions(args: readonly string[]): Options {
  const { quick, texts, write } = parsed(args);
  if (texts !== undefined && !/^[1-9]\d{0,6}$/.test(texts))
    throw misread(`--texts takes a number from 1 to 9999999, not "${texts}".`);
  if (write !== undefined && (quick || texts !== undefined))
    throw misread('--write is for a whole run: leave --quick and --texts out.');
  const sizes = quick ? small : whole;
  return { quick, write, sizes: texts === undefined ? sizes : { ...sizes, memoryTexts: Number(texts) } };
}

const known = {
  quick: { type: 'boolean', default: false },
  texts: { type: 'string' },
  write: { type: 'string' },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (cause) {
    throw misread((cause as Error).message);
  }
}

const misread = (what: string): Error => new Error(`${what}\n\n${usage}`);
