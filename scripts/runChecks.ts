import { spawn } from 'node:child_process';

export interface Check {
  /** What it keeps true, in a few words. */
  readonly name: string;
  /** A JavaScript or TypeScript program and its arguments; it is run by the Node that runs this. */
  readonly run: readonly string[];
  /** What mends it, where a command does. */
  readonly mend?: string;
}

interface Outcome {
  readonly check: Check;
  readonly ok: boolean;
  /** Everything it printed, in the order of printing. */
  readonly output: string;
  readonly seconds: number;
}

interface Options {
  /** How many run at a time. */
  readonly atOnce: number;
  readonly print: (line: string) => void;
}

/** Runs them all, prints a line for each as it ends, then what the failing ones said. Resolves to whether all held. */
export async function runChecks(checks: readonly Check[], { atOnce, print }: Options): Promise<boolean> {
  const waiting = [...checks];
  const failures: Outcome[] = [];
  const width = Math.max(...checks.map(({ name }) => name.length));

  async function worker(): Promise<void> {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await run(check);
      print(`${outcome.ok ? 'ok    ' : 'FAILED'}  ${check.name.padEnd(width)}  ${outcome.seconds.toFixed(1)} s`);
      if (!outcome.ok) failures.push(outcome);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const { check, output } of failures) {
    print(`\n── ${check.name}${check.mend === undefined ? '' : ` (to mend it: ${check.mend})`}\n${output.trim()}`);
  }
  return failures.length === 0;
}

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, check.run, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ check, ok: code === 0, output: Buffer.concat(chunks).toString(), seconds });
    });
  });
}
