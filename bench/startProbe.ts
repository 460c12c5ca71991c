/**
 * Bundled and run once for each value: evaluates the bundle named on the command line as the worker does, with a stand-in
 * for what the worker provides, and prints a `StartTimes`. It loads nothing that an app might load itself.
 */
import Module, { createRequire } from 'node:module';

export interface StartTimes {
  /** Milliseconds until all functions are registered. */
  readonly evaluated: number;
  /** … and until the app's own appStart hooks have run. */
  readonly started: number;
  readonly functions: number;
}

type Hook = (context: object) => unknown;

const hooks: Hook[] = [];
let functions = 0;
const disposable = { dispose() {} };

const core = {
  registerFunction() {
    functions++;
    return disposable;
  },
  registerHook(name: string, hook: Hook) {
    if (name === 'appStart') hooks.push(hook);
    return disposable;
  },
  setProgrammingModel() {},
  log() {},
};

const load = Module.prototype.require;
Module.prototype.require = function require(this: Module, id: string): unknown {
  return id === '@azure/functions-core' ? core : load.call(this, id);
} as typeof load;

async function run(file: string): Promise<StartTimes> {
  const require = createRequire(file);
  const began = performance.now();
  require(file);
  const evaluated = performance.now() - began;
  for (const hook of hooks) await hook({ hookData: {}, appHookData: {} });
  return { evaluated, started: performance.now() - began, functions };
}

void run(process.argv[2] ?? '').then((times) => console.log(JSON.stringify(times)));
