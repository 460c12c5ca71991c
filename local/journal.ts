import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../shared/core/errors.ts';

/** What must outlive the process, one JSON value a line, in the order in which it happened. */
export interface Journal<T> {
  /** What it held when it was opened. */
  readonly past: readonly T[];
  /** Returns once the line is the operating system's: it survives the process, not a power cut. Short and in order, hence synchronous. */
  append(value: T): void;
  /** Puts these in place of everything it held. */
  replace(values: readonly T[]): void;
  close(): void;
}

/**
 * Without a path nothing is kept. A last line that a crash cut off had not been promised to anybody, and is dropped. Any
 * other line that cannot be read is an `invalid-configuration` that names it: to go on without it would be another world.
 */
export function openJournal<T>(path: string | undefined): Journal<T> {
  if (path === undefined) return { past: [], append() {}, replace() {}, close() {} };
  mkdirSync(dirname(path), { recursive: true });
  const whole = wholeLines(path);
  const past = whole.toString().split('\n').slice(0, -1).map(parseAs<T>(path));
  let file = openSync(path, 'a');
  ftruncateSync(file, whole.length);
  return {
    past,
    append: (value) => void writeSync(file, line(value)),
    // Written beside and moved into place, so that a crash in between leaves the old one whole.
    replace(values) {
      writeFileSync(`${path}.new`, values.map(line).join(''));
      closeSync(file);
      renameSync(`${path}.new`, path);
      file = openSync(path, 'a');
    },
    close: () => closeSync(file),
  };
}

function wholeLines(path: string): Buffer {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const parseAs =
  <T>(path: string) =>
  (text: string, index: number): T => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      const advice = 'Mend it, or delete the file to start without what it holds.';
      throw new AppError('invalid-configuration', `Line ${index + 1} of ${path} is not JSON. ${advice}`, { cause });
    }
  };
