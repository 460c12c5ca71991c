import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';

const wrapper = ['exports', 'require', 'module', '__filename', '__dirname', 'process'];

/** What a module of the app is given instead of what Node would give it, by its name. */
export type Given = ReadonlyMap<string, unknown>;

interface Module {
  exports: unknown;
}

/**
 * Runs a CommonJS file and, when it asks for them, the files beside it: each once, and anew for each call of this. They are
 * all read now, so that a build that comes later changes nothing of an app that runs.
 */
export function runModule(main: string, process: NodeJS.Process, given: Given): void {
  const sources = sourcesIn(dirname(main));
  const modules = new Map<string, Module>();
  const load = (file: string, source: string): unknown => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    modules.set(file, module);
    try {
      const run = compileFunction(source, wrapper, { filename: file });
      run.call(module.exports, module.exports, requireFor(file), module, file, dirname(file), process);
    } catch (error) {
      modules.delete(file);
      throw error;
    }
    return module.exports;
  };
  const requireFor = (file: string): NodeJS.Require =>
    new Proxy(createRequire(file), {
      apply: (target, self, [id]: [string]) => {
        const beside = id.startsWith('.') ? resolve(dirname(file), id) : '';
        const source = sources.get(beside);
        if (source !== undefined) return load(beside, source);
        return given.has(id) ? given.get(id) : Reflect.apply(target, self, [id]);
      },
    });
  load(main, sources.get(main) ?? readFileSync(main, 'utf8'));
}

const sourcesIn = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(directory)
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => [join(directory, name), readFileSync(join(directory, name), 'utf8')]),
  );
