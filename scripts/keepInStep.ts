import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What files made from the code should hold, by path from the root. */
export type Pages = Readonly<Record<string, string>>;

/** The paths of those that hold something else, or are not there. */
export const outOfStep = (pages: Pages, home = root): readonly string[] =>
  Object.entries(pages)
    .filter(([path, text]) => contentOf(join(home, path)) !== text)
    .map(([path]) => path);

/** Writes the pages; called with `--check`, only says which are out of step, and ends with status 1 if any is. */
export function keepInStep(pages: Pages, [mode]: readonly string[] = process.argv.slice(2)): void {
  if (mode !== '--check') {
    for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, path), text);
    return;
  }
  const stale = outOfStep(pages);
  for (const path of stale) console.error(`${path} is not what the code makes of it.`);
  if (stale.length > 0) process.exitCode = 1;
}

/** Line endings are the checkout's business, not ours. */
const contentOf = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : undefined;
