/** How a number of texts went. */
export interface Pace {
  /** Of each text, milliseconds. */
  readonly durations: readonly number[];
  /** From the first to the last, milliseconds. */
  readonly elapsed: number;
}

/** Makes `count` calls, `atOnce` of them at a time; what it takes to `prepare` one is not in its duration. */
export async function paced(count: number, atOnce: number, prepare: () => () => Promise<void>): Promise<Pace> {
  const durations: number[] = [];
  let left = count;
  const began = performance.now();
  const worker = async () => {
    while (left-- > 0) {
      const run = prepare();
      const start = performance.now();
      await run();
      durations.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return { durations, elapsed: performance.now() - began };
}
