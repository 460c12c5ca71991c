import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  startFunctionsHost,
} from '../../../local/functionsHost/startFunctionsHost.ts';
import { bundleApp } from '../../../scripts/bundle.ts';
import type { LogFields, Logger } from '../../../shared/core/logger.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** The sources of an app by their paths; `functions/one.ts` is enough. */
export type Sources = Readonly<Record<string, string>>;

interface AppOptions {
  /** Over the repository's own host.json; `null` takes the file away. */
  readonly hostJson?: object | null | undefined;
}

const folders: string[] = [];
const built = new Map<string, Promise<string>>();

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with an app in it, not yet built; gone when the file's tests have ended. */
export function aFolder(sources: Sources, { hostJson }: AppOptions = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'functions-host-'));
  folders.push(root);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ main: 'dist/app.cjs' }));
  if (hostJson === undefined) cpSync(join(repository, 'host.json'), join(root, 'host.json'));
  else if (hostJson !== null) writeFileSync(join(root, 'host.json'), JSON.stringify({ version: '2.0', ...hostJson }));
  for (const [path, source] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return root;
}

/** The same, bundled into one file; the same sources are bundled once. */
export function anApp(sources: Sources, options: AppOptions = {}): Promise<string> {
  const key = JSON.stringify([sources, options]);
  const app = built.get(key) ?? build(sources, options);
  built.set(key, app);
  return app;
}

async function build(sources: Sources, options: AppOptions): Promise<string> {
  const root = aFolder(sources, options);
  await bundleApp(root);
  return root;
}

interface Line extends LogFields {
  readonly level: string;
  readonly event: string;
  readonly message?: string;
}

/** Keeps what a host logs, and lets a test wait for a line. */
export class Lines {
  readonly all: Line[] = [];
  readonly #waiting = new Set<() => void>();

  readonly log: Logger = (level, event, fields = {}) => {
    this.all.push({ level, event, ...fields });
    for (const look of this.#waiting) look();
  };

  of(event: string): readonly Line[] {
    return this.all.filter((line) => line.event === event);
  }

  /** The first line of this event that contains the fields, logged already or to come. */
  until(event: string, fields: LogFields = {}): Promise<Line> {
    const fits = (line: Line) => Object.entries(fields).every(([name, value]) => line[name] === value);
    return this.#when(() => this.of(event).find(fits));
  }

  /** What the app said with `context.log`. */
  said(): readonly unknown[] {
    return this.of('function.log').map(({ message }) => message);
  }

  saying(message: string): Promise<Line> {
    return this.until('function.log', { message });
  }

  #when(find: () => Line | undefined): Promise<Line> {
    const { promise, resolve } = Promise.withResolvers<Line>();
    const look = () => {
      const line = find();
      if (line !== undefined) resolve(line);
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }
}

export interface RunningHost extends FunctionsHost {
  readonly lines: Lines;
  /** A request to the host; redirects are shown, not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A host that runs the app in the folder, closed when the test ends. */
export async function running(root: string, options: Partial<FunctionsHostOptions> = {}): Promise<RunningHost> {
  const lines = new Lines();
  const host = await startFunctionsHost({ root, env: {}, port: 0, log: lines.log, ...options });
  onTestFinished(host.close);
  return { ...host, lines, fetch: (path, init) => fetch(`${host.url}${path}`, { redirect: 'manual', ...init }) };
}

/** An app of these sources, running. */
export async function aHost(
  sources: Sources,
  { hostJson, ...options }: AppOptions & Partial<FunctionsHostOptions> = {},
): Promise<RunningHost> {
  return running(await anApp(sources, { hostJson }), options);
}
