import { readdir } from 'node:fs/promises';
import Module from 'node:module';
import { join, resolve } from 'node:path';
import type { HttpHandler } from '@azure/functions';

export interface RegisteredFunction {
  readonly name: string;
  readonly type: string;
  readonly route?: string;
  readonly methods?: readonly string[];
  readonly authLevel?: string;
  readonly handler: HttpHandler;
}

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Omit<RegisteredFunction, 'name' | 'handler'>>>;
}

/** All that the trigger files register, as the worker sees it: it stands in for a module that the library asks for. */
export async function registeredFunctions(): Promise<readonly RegisteredFunction[]> {
  const registered: RegisteredFunction[] = [];
  const core = {
    registerFunction({ name, bindings }: Metadata, handler: HttpHandler) {
      const trigger = Object.values(bindings).find(({ type }) => type.endsWith('Trigger'));
      if (trigger !== undefined) registered.push({ ...trigger, name, handler });
    },
    registerHook: () => ({ dispose: () => {} }),
    setProgrammingModel: () => {},
    log: () => {},
  };
  const own = Module.prototype.require;
  Module.prototype.require = function (this: Module, id: string) {
    return id === '@azure/functions-core' ? core : own.call(this, id);
  } as typeof own;
  try {
    const folder = resolve(import.meta.dirname, '../../functions');
    for (const file of await readdir(folder)) await import(join(folder, file));
  } finally {
    Module.prototype.require = own;
  }
  return registered;
}
