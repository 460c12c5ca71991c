declare const ticks: unique symbol;

/** An instant in steps of 100 ns since 1970, the precision of the service's own timestamps; more digits than a `number` holds. */
export type Ticks = bigint & { readonly [ticks]: never };

/** The one source of the present; milliseconds since 1970. */
export interface Clock {
  now(): number;
}

const ticksPerMs = 10_000n;
const isoTime = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

export const asTicks = (value: bigint): Ticks => value as Ticks;

export const ticksOf = (ms: number): Ticks => asTicks(BigInt(Math.floor(ms)) * ticksPerMs);

/** Milliseconds, rounded down. */
export const msOf = (at: Ticks): number => Number(at / ticksPerMs);

/** Reads an ISO 8601 instant with any number of fractional digits; those past the seventh are cut off. `undefined` for anything else, or before 1970. */
export function parseTicks(text: string): Ticks | undefined {
  const [, seconds, fraction = '', zone] = isoTime.exec(text) ?? [];
  const ms = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(ms) || ms < 0) return undefined;
  return asTicks(BigInt(ms) * ticksPerMs + BigInt(fraction.slice(0, 7).padEnd(7, '0')));
}

export const isoOf = (at: Ticks): string => new Date(msOf(at)).toISOString();

export const later = (a: Ticks, b: Ticks): Ticks => (a > b ? a : b);
