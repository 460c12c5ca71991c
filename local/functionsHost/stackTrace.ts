import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve, sep } from 'node:path';

/** Reads a stack trace of the bundle back into the files it was made of. */
export type ReadStack = (error: Error) => string;

/** Node maps by itself only what it loaded itself, and it did not load the files of this folder. One without a map is left as it is. */
export function stackReader(directory: string): ReadStack {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
    return maps.get(file);
  };
  return (error) => {
    const stack = error.stack ?? `${error.name}: ${error.message}`;
    const [before = '', ...frames] = stack.split(directory + sep);
    const read = frames.map((frame) => {
      const [place = '', name = '', line, column] = /^([^:\n]+\.cjs):(\d+):(\d+)/.exec(frame) ?? [];
      const file = resolve(directory, name);
      const origin = originOf(file, mapOf(file), { line: Number(line), column: Number(column) });
      return `${origin ?? `${directory}${sep}${place}`}${frame.slice(place.length)}`;
    });
    return [before, ...read].join('');
  };
}

interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

function originOf(file: string, map: SourceMap | undefined, { line, column }: Place): string | undefined {
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return undefined;
  return `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

const readMap = (file: string): SourceMap | undefined =>
  existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
