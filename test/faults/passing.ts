import { agenda } from '../simulation/agenda.ts';

/** When each run begins, milliseconds since 1970. */
export const beginning = 1_795_485_600_000;

/** Time that passes only when a test lets it; all of it in milliseconds. */
export interface Passing {
  now(): number;
  /** Since the run began. */
  run(): number;
  after(ms: number, act: () => void): unknown;
  /** So much passes at once, while what was to happen waits. */
  skip(ms: number): void;
  /** Lets what falls due next happen. */
  step(): void;
  /** Something that takes real time; what is due later waits until it is done. */
  start(task: () => Promise<void>): void;
  /** Lets so much time pass, and what falls due happen, one thing after the other. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until nothing is left to happen. */
  rest(): Promise<void>;
  readonly timers: {
    now(): number;
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
}

/** `caughtUp`: resolves when nobody else has anything under way that takes real time. */
export function passing(caughtUp: () => Promise<void>): Passing {
  const entries = agenda();
  const tasks = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let skipped = 0;
  const run = () => entries.now() + skipped;
  const now = () => beginning + run();
  const after: Passing['after'] = (ms, act) => entries.after(ms, act);

  /** What is not waited for by name, such as an event on its way, begins within a turn of the loop. */
  async function idle(): Promise<void> {
    do {
      await Promise.all(tasks);
      await caughtUp();
      await new Promise((resolve) => setImmediate(resolve));
    } while (tasks.size > 0);
    if (failures.length > 0) throw failures[0];
  }

  async function rest(): Promise<void> {
    do await idle();
    while (entries.step());
  }

  return {
    now,
    run,
    after,
    skip(ms) {
      skipped += ms;
    },
    step: () => void entries.step(),
    start(task) {
      const running: Promise<void> = task()
        .catch((error) => void failures.push(error))
        .finally(() => tasks.delete(running));
      tasks.add(running);
    },
    async advance(ms) {
      let over = false;
      await idle();
      entries.after(ms, () => {
        over = true;
      });
      while (!over) {
        entries.step();
        await idle();
      }
    },
    rest,
    timers: {
      now,
      setTimeout: (act, ms) => after(ms, act),
      clearTimeout: (timer) => entries.cancel(timer as ReturnType<typeof entries.after>),
    },
  };
}
