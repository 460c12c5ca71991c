import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What must outlive a restart, one JSON value a line, in the order in which it happened. */
export interface Journal<T> {
  /** What the file held when it was opened. */
  readonly recovered: readonly T[];
  /** On disk, as far as the operating system is concerned, when it returns. */
  append(value: T): void;
  clear(): void;
  close(): void;
}

/**
 * A last line that was cut off by a crash is dropped. A line that cannot be read anywhere else is a file that somebody
 * has damaged: an error names it, because going on without it would be another world.
 */
export function openJournal<T>(path: string): Journal<T> {
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const recovered = whole
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseLine<T>(path, line, index + 1));
  const file = openSync(path, 'a');
  ftruncateSync(file, Buffer.byteLength(whole));
  return {
    recovered,
    append: (value) => void writeSync(file, `${JSON.stringify(value)}\n`),
    clear: () => ftruncateSync(file, 0),
    close: () => closeSync(file),
  };
}

function parseLine<T>(path: string, line: string, number: number): T {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`Line ${number} of ${path} is not JSON. Mend it, or delete the file to start with a fresh world.`, {
      cause,
    });
  }
}

/** For a world that is not kept. */
export const noJournal = <T>(): Journal<T> => ({ recovered: [], append() {}, clear() {}, close() {} });
