import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../local/ports.ts';
import { environment } from '../../local/settings.ts';

const root = resolve(import.meta.dirname, '../..');
const ready = 'Ctrl-C ends all of it.';

/** What `/admin/sms` tells of a text of the app's. */
export interface SentText {
  readonly message: string;
  readonly status: string;
  readonly tag?: string;
  readonly attempts: number;
}

/** The world as `npm start` runs it, in a process of its own, on free ports and data of its own. */
export interface RealWorld {
  readonly acs: string;
  readonly functions: string;
  text(from: string, to: string, message: string): Promise<void>;
  sent(to: string): Promise<readonly SentText[]>;
  /** The texts to somebody, once there are so many. */
  received(to: string, count: number): Promise<readonly string[]>;
  dial(patch: object): Promise<void>;
  /** GET on /admin. */
  admin(path: string): Promise<unknown>;
  /** The app's API as an agent. */
  api(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never }>;
  /** Ctrl-C, or the signal given, and up again on the same data. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
  close(): Promise<void>;
}

export async function realWorld(command = 'start', extra: Record<string, string> = {}): Promise<RealWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-e2e-'));
  const names = ['FUNCTIONS_PORT', 'ACS_PORT', 'ACS_TLS_PORT', 'OIDC_PORT', 'BLOB_PORT', 'QUEUE_PORT', 'TABLE_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())] as const));
  const env = { ...environment, ...Object.fromEntries(ports), LOCAL_DATA: directory, ...extra };
  const at = (name: string) => `http://127.0.0.1:${new Map(ports).get(name)}`;
  let child = await up(command, env);

  const json = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    const body = await response.text();
    return { status: response.status, body: (body === '' ? undefined : JSON.parse(body)) as never };
  };
  const post = (url: string, body: object, method = 'POST') =>
    json(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const sent = async (to: string) => {
    const { body } = await json(`${at('ACS_PORT')}/admin/sms?to=${encodeURIComponent(to)}`);
    return (body as { sent: SentText[] }).sent;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    return (await exited)[0] as number | null;
  };

  return {
    acs: at('ACS_PORT'),
    functions: at('FUNCTIONS_PORT'),
    async text(from, to, message) {
      const { status, body } = await post(`${at('ACS_PORT')}/admin/sms`, { from, to, message });
      if (status !== 202) throw new Error(`POST /admin/sms answered ${status}: ${JSON.stringify(body)}`);
    },
    sent,
    received: (to, count) =>
      until(`${count} texts to ${to}`, async () => {
        const texts = await sent(to);
        return texts.length >= count ? texts.map(({ message }) => message) : undefined;
      }),
    async dial(patch) {
      const { status, body } = await post(`${at('ACS_PORT')}/admin/dials`, patch, 'PUT');
      if (status !== 200) throw new Error(`PUT /admin/dials answered ${status}: ${JSON.stringify(body)}`);
    },
    admin: async (path) => (await json(`${at('ACS_PORT')}/admin${path}`)).body,
    async api(method, path, body, headers = {}) {
      const grant = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'agent' });
      const token = await json(`${at('OIDC_PORT')}/token`, { method: 'POST', body: grant });
      const authorization = `Bearer ${(token.body as { access_token: string }).access_token}`;
      return json(`${at('FUNCTIONS_PORT')}/api${path}`, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
    },
    async restart(signal = 'SIGINT') {
      await end(signal);
      child = await up(command, env);
    },
    stop: () => end('SIGINT'),
    async close() {
      await end('SIGINT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves when the world says that it is there; rejects with what it said instead. */
async function up(command: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['local/main.ts', command], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  for await (const line of createInterface(child.stdout)) {
    said += `${line}\n`;
    if (line.includes(ready)) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`The world did not come up:\n${said}`);
}

const patience = 25_000;

/** Asks until there is an answer; the processes asked are others, so there is nothing to wait on but their word. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((wake) => setTimeout(wake, 40));
  }
}
