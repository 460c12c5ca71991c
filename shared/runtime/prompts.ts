import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';

/** Prompts lie in a folder beside the playbook. */
const placeOf = (file: string, { PLAYBOOK_FILE: playbook }: Config): string => join(dirname(playbook), 'prompts', file);

export const hasPrompt = (file: string, config: Config): boolean => existsSync(placeOf(file, config));

/** A prompt's file; its name has been looked at, and holds no path. Throws `not-found`. */
export async function readPrompt(file: string, config: Config): Promise<Uint8Array> {
  try {
    return await readFile(placeOf(file, config));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AppError('not-found', 'There is no such prompt.');
  }
}
