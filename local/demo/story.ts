/** One step of the story: what happens, and what must come of it. It throws a sentence when that does not come. */
export interface Step {
  readonly title: string;
  /** Resolves to the lines of the transcript. */
  run(): Promise<readonly string[]>;
}

/** Plays the steps in order and prints them as a transcript; `false` as soon as one fails, with why. */
export async function play(steps: readonly Step[], print: (line: string) => void): Promise<boolean> {
  for (const [index, { title, run }] of steps.entries()) {
    try {
      const lines = await run();
      print(`✓ ${title}`);
      for (const line of lines) print(`    ${line}`);
    } catch (error) {
      print(`✗ ${title}`);
      print(`    ${error instanceof Error ? error.message : String(error)}`);
      print(`\nStep ${index + 1} of ${steps.length} failed.`);
      return false;
    }
  }
  print(`\nAll ${steps.length} steps went as told.`);
  return true;
}

const patience = 20_000;
const pause = 50;

/** Asks until there is an answer; throws what was waited for when there is none in 20 s. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited ${patience / 1_000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Throws unless the two are the same, and says both. */
export function expectSame(what: string, got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)} and should be ${JSON.stringify(wanted)}.`);
}
