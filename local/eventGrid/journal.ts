import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/core/errors.ts';
import type { Happening } from './ledger.ts';

/** Where what happened outlives the process: one JSON object a line. */
export interface Journal {
  /** What it held when it was opened. */
  readonly past: readonly Happening[];
  /** Returns once the line is the operating system's: it survives the process, not a power cut. Short and in order, hence synchronous. */
  append(happening: Happening): void;
  /** Puts this in place of everything it held. */
  replace(happenings: readonly Happening[]): void;
  close(): void;
}

/** A world without memory. */
const noJournal: Journal = { past: [], append: () => {}, replace: () => {}, close: () => {} };

/** `invalid-configuration` if the file holds anything but a journal. */
export function openJournal(path: string | undefined): Journal {
  if (path === undefined) return noJournal;
  mkdirSync(dirname(path), { recursive: true });
  const past = existsSync(path) ? read(path) : [];
  let file = openSync(path, 'a');
  return {
    past,
    append: (happening) => void writeSync(file, line(happening)),
    // Written beside and moved into place, so that a crash in between leaves the old one whole.
    replace(happenings) {
      writeFileSync(`${path}.new`, happenings.map(line).join(''));
      closeSync(file);
      renameSync(`${path}.new`, path);
      file = openSync(path, 'a');
    },
    close: () => closeSync(file),
  };
}

const line = (happening: Happening): string => `${JSON.stringify(happening)}\n`;

/** A last line that a crash cut off had not been promised to anybody, and is left out. */
function read(path: string): readonly Happening[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).map((text, index) => parse(text, `${path}, line ${index + 1}`));
}

function parse(text: string, where: string): Happening {
  try {
    return JSON.parse(text) as Happening;
  } catch (cause) {
    const advice = 'is not one of the local Event Grid’s; delete the file to start without the events in it.';
    throw new AppError('invalid-configuration', `${where} ${advice}`, { cause });
  }
}
