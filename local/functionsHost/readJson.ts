import { readFileSync } from 'node:fs';
import { misconfigured } from './misconfigured.ts';

/** A file of JSON, without comments; `invalid-configuration` where there is none. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw misconfigured(`${file} cannot be read: ${(cause as Error).message}`, cause);
  }
}
