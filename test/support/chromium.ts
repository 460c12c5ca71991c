import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { environment } from '../../local/settings.ts';
import { root } from './world.ts';

/** A headless browser for the tests of one file. */
export interface TestBrowser {
  /** A page that shares nothing with any other, closed after the test; an error that it does not catch fails the test. */
  page(): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Starts Chromium: the one that comes with the packages, with its files in a folder of its own, or one that is installed.
 * Throws what each of them said if none starts.
 */
export async function startChromium(args: readonly string[] = []): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-chromium-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const browser = await firstToStart(folder, args).catch(async (error) => {
    await remove();
    throw error;
  });
  return {
    page: () => aPage(browser),
    async close() {
      await browser.close();
      await remove();
    },
  };
}

async function aPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(error.message));
  onTestFinished(async () => {
    await context.close();
    expect(uncaught, 'errors that the page did not catch').toEqual([]);
  });
  return page;
}

type Choice = readonly [what: string, options: () => Promise<LaunchOptions>];

/** In this order. The packaged one brings the libraries that a bare machine lacks; they are taken only where it does not start without. */
const choices = (folder: string): readonly Choice[] => [
  ['the packaged Chromium', () => packaged(folder, {})],
  ['the packaged Chromium with its own libraries', () => packaged(folder, { LD_LIBRARY_PATH: `${folder}/al2023/lib` })],
  ['an installed Chrome', async () => ({ channel: 'chrome' })],
  ['an installed Edge', async () => ({ channel: 'msedge' })],
  ['/usr/bin/chromium', async () => ({ executablePath: '/usr/bin/chromium' })],
];

async function firstToStart(folder: string, args: readonly string[]): Promise<Browser> {
  const failures: string[] = [];
  for (const [what, options] of choices(folder)) {
    try {
      return await chromium.launch({ args: [...args], ...(await options()) });
    } catch (error) {
      failures.push(`${what}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
  }
  throw new Error(`No browser starts here. Install Chrome, or Chromium as /usr/bin/chromium.\n${failures.join('\n')}`);
}

/**
 * The package unpacks into the system's temporary folder and takes whatever lies there, so it is asked by a process that has
 * another; as on Lambda, for then the libraries come too. Its flags are left alone: one of them is to forget about origins.
 */
async function packaged(folder: string, libraries: Record<string, string>): Promise<LaunchOptions> {
  const ask = "import one from '@sparticuz/chromium'; process.stdout.write(await one.executablePath());";
  const env = { ...environment, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ask], {
    cwd: root,
    env,
  });
  return {
    executablePath: stdout,
    // Its own fonts are left out: with them, any field that is typed into ends the process.
    env: { ...environment, TMPDIR: folder, ...libraries },
  };
}
