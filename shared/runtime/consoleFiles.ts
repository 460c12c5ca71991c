import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

/** In the order in which they are preferred, with the ends of their files' names. */
export const encodings = { br: '.br', gzip: '.gz', identity: '' } as const;
export type Encoding = keyof typeof encodings;

/** A file of the console in each encoding that there is of it. */
export interface ConsoleFile {
  readonly contentType: string;
  /** Hex, of the plain content. */
  readonly hash: string;
  readonly as: Readonly<Partial<Record<Encoding, Uint8Array>>> & { readonly identity: Uint8Array };
}

/** By path below /console/. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** As it lay there when its page was made last. */
interface Read {
  readonly madeAt: number;
  readonly files: ConsoleFiles;
}
const read = new Map<string, Read>();

/**
 * What `npm run build` made, read once and again when it is made anew; `undefined`: it was not made. Only what was found
 * here is ever served, so that no path leads elsewhere. It lies beside the playbook, or where the app was started.
 */
export function consoleFiles(playbookFile: string): ConsoleFiles | undefined {
  const folders = [dirname(playbookFile), '.'].map((folder) => resolve(folder, 'dist/console'));
  const folder = folders.find((each) => existsSync(join(each, 'index.html')));
  if (folder === undefined) return undefined;
  const madeAt = statSync(join(folder, 'index.html')).mtimeMs;
  const known = read.get(folder);
  if (known?.madeAt === madeAt) return known.files;
  const files = readFolder(folder);
  read.set(folder, { madeAt, files });
  return files;
}

function readFolder(folder: string): ConsoleFiles {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => extname(name) in contentTypes)
      .map((name) => [name.replaceAll('\\', '/'), readConsoleFile(join(folder, name))]),
  );
}

function readConsoleFile(path: string): ConsoleFile {
  const identity = readFileSync(path);
  const compressed = Object.entries(encodings)
    .filter(([, end]) => end !== '' && existsSync(path + end))
    .map(([encoding, end]) => [encoding, readFileSync(path + end)]);
  return {
    contentType: contentTypes[extname(path)] ?? '',
    hash: createHash('sha256').update(identity).digest('hex').slice(0, 32),
    as: { ...Object.fromEntries(compressed), identity },
  };
}
