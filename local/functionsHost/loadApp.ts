import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { AppError } from '../../shared/core/errors.ts';
import { runModule } from './appModules.ts';
import type { Core } from './core.ts';
import { misconfigured } from './misconfigured.ts';
import { readJson } from './readJson.ts';
import { type ReadStack, stackReader } from './stackTrace.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface AppToLoad {
  readonly root: string;
  readonly env: Environment;
  readonly core: Core;
}

/**
 * Runs the file that package.json names as `main`, a CommonJS bundle, anew each time: its modules know only their own core
 * and their own environment, so that several hosts in one process do not meet. Every fault is an `invalid-configuration`
 * that says what to change; the real host would only report "0 functions found".
 */
export function loadApp({ root, env, core }: AppToLoad): { readonly readStack: ReadStack } {
  const file = mainOf(root);
  const readStack = stackReader(dirname(file));
  try {
    evaluate(file, core, processAs({ root, env }));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const name = relative(root, file);
    throw misconfigured(`${name} fails while it is loaded: ${reasonOf(cause, readStack)}`, cause);
  }
  return { readStack };
}

function mainOf(root: string): string {
  const { main } = readJson(resolve(root, 'package.json')) as { readonly main?: unknown };
  if (typeof main !== 'string' || !main.endsWith('.cjs')) {
    throw misconfigured(`package.json: "main" must name a CommonJS bundle, such as dist/app.cjs.`);
  }
  const file = resolve(root, main);
  if (!existsSync(file)) throw misconfigured(`${main} is missing: run \`npm run build\`.`);
  return file;
}

function evaluate(file: string, core: Core, process: NodeJS.Process): void {
  const given = new Map<string, unknown>([
    ['@azure/functions-core', core.api],
    ['process', process],
    ['node:process', process],
  ]);
  runModule(file, process, given);
}

/** The real process, but for the environment and the folder that the worker would have started it with. */
function processAs({ root, env }: { readonly root: string; readonly env: Environment }): NodeJS.Process {
  const own: ReadonlyMap<PropertyKey, unknown> = new Map<PropertyKey, unknown>([
    ['env', { ...env }],
    ['cwd', () => root],
  ]);
  return new Proxy(process, { get: (target, key) => (own.has(key) ? own.get(key) : Reflect.get(target, key)) });
}

/** The message, and where in the sources it was thrown. */
function reasonOf(cause: unknown, readStack: ReadStack): string {
  if (!(cause instanceof Error)) return String(cause);
  const [, place] = /\n\s+at (?:.*\()?(\/.*?|[A-Z]:\\.*?)\)?(?:\n|$)/.exec(readStack(cause)) ?? [];
  return place === undefined ? cause.message : `${cause.message} (${place})`;
}
