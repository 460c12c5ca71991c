import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, shut } from '../../local/listen.ts';
import { environment } from '../../local/settings.ts';
import { settings } from '../../shared/config/settings.ts';
import { userKeyOf } from '../../shared/identity/keys.ts';
import { sharedSecretTurn } from '../../shared/identity/sharedSecretTurn.ts';
import { root } from '../support/world.ts';
import { switchboardCredential } from './examples/switchboardCredential.ts';

const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);

test('the credential the page shows is the one tested here', () => {
  const source = readFileSync(join(import.meta.dirname, 'examples/switchboardCredential.ts'), 'utf8');
  expect(blocks(page('tokens.md'), 'ts')).toEqual([source]);
});

/** A JWT as far as the credential reads it. */
const jwt = (expiresIn: number) =>
  `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + expiresIn }))}.x`;

test('that credential fetches a token as the signed-in user, and keeps it', async () => {
  const asked: unknown[] = [];
  const token = jwt(3600);
  const api = createServer((request, response) => {
    asked.push([request.method, request.url, request.headers.authorization]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ token }));
  });
  const port = await listen(api, 0);
  onTestFinished(() => shut(api));
  const options = { api: `http://127.0.0.1:${port}`, signIn: async () => 'ey.sign.in', scopes: ['voip.join'] };
  const credential = await switchboardCredential(options);
  onTestFinished(() => credential.dispose());
  expect((await credential.getToken()).token).toBe(token);
  await credential.getToken();
  expect(asked).toEqual([['POST', '/api/tokens', 'Bearer ey.sign.in']]);
});

test('that credential tells why there is no token', async () => {
  const api = createServer((_, response) => {
    response.writeHead(429).end(JSON.stringify({ code: 'token-limit', detail: 'Wait.' }));
  });
  const port = await listen(api, 0);
  onTestFinished(() => shut(api));
  const options = { api: `http://127.0.0.1:${port}`, signIn: async () => 'ey.sign.in', scopes: [] };
  await expect(switchboardCredential(options)).rejects.toThrow('token-limit: Wait.');
});

const sh = (script: string, env: Record<string, string>) =>
  execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { ...environment, ...env } }).trim();

test('the line for a pseudonym makes the one that we make', () => {
  const [line = ''] = blocks(page('tokens.md'), 'sh');
  const key = 'a-key-for-tests-of-32-characters';
  const [issuer, subject] = ['https://issuer.example/v2.0', 'ann@example.com'];
  expect(sh(line, { ISSUER: issuer, SUBJECT: subject, CONVERSATION_KEY: key })).toBe(
    userKeyOf(key, { issuer, subject }),
  );
});

test('the line for a TURN password makes the one that we make', async () => {
  const [line = ''] = blocks(page('turn.md'), 'sh');
  const secret = 'a-secret-for-tests-of-32-characters';
  const turn = { stunUrls: [], turnUrls: ['turn:turn.example.com'], secret, lifetime: 3_600_000 };
  const user = userKeyOf('a-key', { issuer: 'i', subject: 's' });
  const { iceServers } = await sharedSecretTurn({ ...turn, clock: { now: () => 1_795_485_600_000 } }).serversFor(user);
  const { username = '', credential } = iceServers[0]!;
  expect(sh(line, { USERNAME: username, TURN_SECRET: secret })).toBe(credential);
});

test('the scopes the page shows are those that hold unless set', () => {
  expect(blocks(page('tokens.md'), 'text')).toEqual([`TOKEN_SCOPES=${settings.TOKEN_SCOPES.fallback}\n`]);
});
