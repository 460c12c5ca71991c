import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen, shut } from '../../../local/listen.ts';
import { cloudflareTurn } from '../../../shared/adapters/cloudflare/cloudflareTurn.ts';
import type { UserKey } from '../../../shared/identity/keys.ts';

const now = 1_795_485_600_000;
const user = 'kJ0mS3kQpXy-_2VbZr8TfA' as UserKey;

/** A server that answers what the documentation says, or what a test says. */
async function service(status: number, answer: string) {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    asked.push([request.method, request.url, request.headers.authorization, JSON.parse(body)]);
    if (status === 0) return;
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
  });
  const port = await listen(server, 0);
  onTestFinished(() => shut(server));
  const options = { keyId: 'a key', apiToken: 'token-canary', lifetime: 3_600_000, clock: { now: () => now } };
  return { asked, turn: cloudflareTurn({ ...options, endpoint: `http://127.0.0.1:${port}`, deadlineMs: 300 }) };
}

const documented = {
  iceServers: [
    { urls: ['stun:stun.cloudflare.com:3478'] },
    { urls: ['turn:turn.cloudflare.com:3478?transport=udp'], username: 'name', credential: 'secret' },
  ],
};

test('credentials are asked for as documented, and passed on', async () => {
  const { asked, turn } = await service(201, JSON.stringify(documented));
  expect(await turn.serversFor(user)).toEqual({ ...documented, expiresOn: now + 3_600_000 });
  const path = '/v1/turn/keys/a%20key/credentials/generate-ice-servers';
  expect(asked).toEqual([['POST', path, 'Bearer token-canary', { ttl: 3_600 }]]);
});

test('one server in place of a list, and one address in place of several, are understood', async () => {
  const { turn } = await service(201, '{"iceServers":{"urls":"turn:t","username":"n","credential":"c"}}');
  expect((await turn.serversFor(user)).iceServers).toEqual([{ urls: ['turn:t'], username: 'n', credential: 'c' }]);
});

test.each([
  ['refuses the token', 401, '{}', 'it answered 401'],
  ['fails', 500, '', 'it answered 500'],
  ['says nothing', 0, '', 'it could not be reached'],
  ['answers what is no JSON', 201, '<html>', 'it could not be reached'],
  ['answers something else', 201, '{"iceServers":[{"urls":[7],"credential":"secret"}]}', 'its answer cannot be read'],
  ['answers nothing of the kind', 201, 'null', 'its answer cannot be read'],
])('a service that %s is unavailable, and no secret is told', async (_, status, answer, why) => {
  const { turn } = await service(status, answer);
  const failure = await turn.serversFor(user).catch((error) => error);
  expect(failure).toMatchObject({ code: 'unavailable', message: `Cloudflare made no TURN credentials: ${why}.` });
  expect(String(failure)).not.toMatch(/canary|secret/);
});
