import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Turn from 'node-turn';
import { root } from '../support/world.ts';

export interface TurnServer {
  close(): Promise<void>;
}
/** Starts a TURN server on 127.0.0.1 that shares a secret with the app. */
export type StartTurn = (place: { readonly port: number; readonly secret: string }) => Promise<TurnServer>;

export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((closed) => socket.close(closed));
  return port;
}

/**
 * `node-turn` knows users by a list of passwords. Its list here makes each up from the name, when asked, as the draft says
 * that a server with a shared secret does; what is in it are the test's own words, none of the app's.
 */
export const nodeTurn: StartTurn = async ({ port, secret }) => {
  const credentials = new Proxy<Record<string, string>>(
    {},
    { get: (_, name) => (typeof name === 'string' && isStanding(name) ? hmacSha1(secret, name) : undefined) },
  );
  const ips = ['127.0.0.1'];
  const options = { listeningIps: ips, relayIps: ips, listeningPort: port, realm: 'turn.example.com', credentials };
  const server = new Turn({ ...options, authMech: 'long-term' });
  server.start();
  return { close: async () => server.stop() };
};

/** The name begins with the second at which it ends. */
const isStanding = (name: string): boolean => Number(name.split(':')[0]) * 1_000 > Date.now();

/** RFC 2104 by the letter, for SHA-1, whose block is 64 bytes; base64. */
export function hmacSha1(secret: string, text: string): string {
  const key = Buffer.alloc(64);
  Buffer.from(secret).copy(key);
  const sha1 = (pad: number, data: string | Buffer) =>
    createHash('sha1')
      .update(key.map((byte) => byte ^ pad))
      .update(data)
      .digest();
  return sha1(0x5c, sha1(0x36, text)).toString('base64');
}

/** Where coturn lies, if it is installed. */
export function coturnPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v turnserver'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** With what docs/turn.md says, but for where it listens and the certificate, which this machine has not. */
export const coturn =
  (program: string): StartTurn =>
  async ({ port, secret }) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-turn-'));
    const file = join(folder, 'turnserver.conf');
    await writeFile(file, documented(port, secret, folder));
    const child = spawn(program, ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    await said(child, /Total General servers/);
    return {
      async close() {
        const exited = once(child, 'exit');
        child.kill();
        await exited;
        await rm(folder, { recursive: true, force: true });
      },
    };
  };

function documented(port: number, secret: string, folder: string): string {
  const [, block = ''] = /^```ini\n(.*?)^```/ms.exec(readFileSync(join(root, 'docs/turn.md'), 'utf8')) ?? [];
  const kept = block
    .replace('PUT-TURN_SECRET-HERE', secret)
    .split('\n')
    .filter((line) => !/^(listening-port|tls-listening-port|cert|pkey|cipher-list)=/.test(line));
  const here = [`listening-port=${port}`, 'listening-ip=127.0.0.1', 'relay-ip=127.0.0.1', 'no-tls', 'no-dtls'];
  return [...kept, ...here, 'log-file=stdout', `pidfile=${folder}/pid`, `userdb=${folder}/none`].join('\n');
}

/** Resolves when the program has said it; rejects with all that it said if it ends before. */
function said(child: ChildProcess, words: RegExp): Promise<void> {
  let all = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        all += chunk;
        if (words.test(all)) resolve();
      });
    child.once('exit', (code) => reject(new Error(`turnserver ended with ${code}:\n${all}`)));
    child.once('error', reject);
  });
}
