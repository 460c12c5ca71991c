/** The value that `percent` of the values do not exceed (nearest rank). Throws when there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1];
  if (found === undefined) throw new Error('There is nothing to take a percentile of.');
  return found;
}

export const median = (values: readonly number[]): number => percentile(values, 50);
