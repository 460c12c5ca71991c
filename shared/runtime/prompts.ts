import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isPlayable, readWav } from '../calls/wav.ts';
import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';

/** Prompts lie in a folder beside the playbook. */
const placeOf = (file: string, { PLAYBOOK_FILE: playbook }: Config): string => join(dirname(playbook), 'prompts', file);

/** Why a prompt cannot be played, in words; `undefined`: it can. */
export function faultOfPrompt(file: string, config: Config): string | undefined {
  const place = placeOf(file, config);
  if (!existsSync(place)) return `prompts/${file} is not there, beside the playbook, though calls play it.`;
  const wav = readWav(readFileSync(place));
  return wav !== undefined && isPlayable(wav)
    ? undefined
    : `prompts/${file} cannot be played on calls; make it a WAV file of PCM, mono, 16 kHz, 16 bits.`;
}

/** A prompt's file; its name has been looked at, and holds no path. Throws `not-found`. */
export async function readPrompt(file: string, config: Config): Promise<Uint8Array> {
  try {
    return await readFile(placeOf(file, config));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AppError('not-found', 'There is no such prompt.');
  }
}
