/** A line of the result. */
export interface Row {
  readonly what: string;
  /** In words, such as `≤ 1.5×`; absent where a figure is only told. */
  readonly aim?: string;
  readonly measured: string;
  readonly met?: boolean;
}

/** What was measured against what: both in the same unit, and how that is written. */
interface Compared {
  readonly what: string;
  readonly app: number;
  readonly floor: number;
  readonly show: (value: number) => string;
}

/** A quotient to its floor that may be this high, where there is an aim at all. */
export const atMost = (compared: Compared, limit?: number): Row =>
  quotient(compared, limit, { sign: '≤', holds: (ratio, bound) => ratio <= bound });

/** A quotient to its floor that should be this high. */
export const atLeast = (compared: Compared, limit: number): Row =>
  quotient(compared, limit, { sign: '≥', holds: (ratio, bound) => ratio >= bound });

interface Comparison {
  readonly sign: string;
  readonly holds: (ratio: number, limit: number) => boolean;
}

function quotient({ what, app, floor, show }: Compared, limit: number | undefined, { sign, holds }: Comparison): Row {
  const ratio = app / floor;
  const measured = `${ratio.toFixed(2)}× (${show(app)} against ${show(floor)})`;
  return limit === undefined
    ? { what, measured }
    : { what, aim: `${sign} ${limit}×`, measured, met: holds(ratio, limit) };
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

export const markdown = (rows: readonly Row[]): string =>
  [
    '| what | aim | measured | met |\n|---|---|---|---|',
    ...rows.map(({ what, aim = '', measured, met }) => `| ${what} | ${aim} | ${measured} | ${verdict(met)} |`),
  ].join('\n');

const verdict = (met: boolean | undefined): string => (met === undefined ? '' : met ? 'yes' : '**no**');
