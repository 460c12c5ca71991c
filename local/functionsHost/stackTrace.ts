import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';

/** Reads a stack trace of the bundle back into the files it was made of. */
export type ReadStack = (error: Error) => string;

/** Node maps by itself only what it loaded itself, and it did not load this file. A bundle without a map is left as it is. */
export function stackReader(file: string): ReadStack {
  const mapFile = `${file}.map`;
  let map: SourceMap | undefined;
  const originOf = (frame: string, line: string, column: string): string => {
    map ??= new SourceMap(JSON.parse(readFileSync(mapFile, 'utf8')));
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return `${file}:${frame}`;
    const source = resolve(dirname(mapFile), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  };
  return (error) => {
    const stack = error.stack ?? `${error.name}: ${error.message}`;
    if (!existsSync(mapFile)) return stack;
    const [before, ...frames] = stack.split(`${file}:`);
    return [before, ...frames.map((frame) => frame.replace(/^(\d+):(\d+)/, originOf))].join('');
  };
}
