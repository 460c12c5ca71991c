import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { listen, shut } from '../../local/listen.ts';
import { type CallStage, callStage } from '../e2e/callStage.ts';

/** What was posted to a call's address, as it came. */
interface Post {
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

let stage: CallStage;
const posts: Post[] = [];

/** Stands before the app and looks at what is told of calls. */
const door = createServer(async (request, response) => {
  const { url: path = '', method = 'GET', headers } = request;
  const body = Buffer.concat(await request.toArray()).toString();
  const post = { path, authorization: headers.authorization ?? '', body };
  if (path.includes('/callbacks/')) posts.push(post);
  const answer = method === 'POST' ? await send(post) : await fetch(`${stage.world.functions?.url}${path}`);
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
});

const send = ({ path, authorization, body }: Post) =>
  fetch(`${stage.world.functions?.url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });

beforeAll(async () => {
  const publicUrl = `http://127.0.0.1:${await listen(door, 0)}`;
  stage = await callStage({
    reroute: async (given) => ({ ...given, calls: given.calls && { ...given.calls, publicUrl } }),
  });
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await stage.close();
  await shut(door);
});

/** The clock of the app and of the world around it; nothing that waits is woken by it. */
const later = (ms: number) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
};
const secretOf = ({ path }: Post): string => path.split('/').at(-1)!;

test('a call whose keys are changed goes on, and what was signed before is worth nothing', async () => {
  const id = await stage.ring();
  const before = posts.at(-1)!;
  await stage.admin('POST', '/callback-keys', { forget: true });
  later(31_000);
  await stage.press(id, 'one');
  expect(await stage.said(id)).toEqual(['Welcome.', 'Goodbye.']);
  later(31_000);
  expect((await send(before)).status).toBe(401);
});

test('what one call was told opens no other, and moves nothing', async () => {
  const one = await stage.ring();
  const told = posts.at(-1)!;
  const other = await stage.ring('+14255550124');
  const foreign = { ...told, path: told.path.replace(secretOf(told), secretOf(posts.at(-1)!)) };
  const unknown = { ...foreign, path: foreign.path.replace(/.{8}\/([^/]*)$/, 'AAAAAAAA/$1') };
  const standing = async () => [await stage.call(one), await stage.call(other), await stage.entries()];
  const before = await standing();
  const problem = async (post: Post): Promise<object> => ({
    ...((await (await send(post)).json()) as object),
    instance: 'one',
  });
  expect(await problem(foreign)).toMatchObject({ status: 404, code: 'not-found' });
  expect(await problem(foreign)).toEqual(await problem(unknown));
  expect((await send({ ...told, authorization: '' })).status).toBe(401);
  expect(await standing()).toEqual(before);
});

test('no secret and no token is ever logged, whatever comes of them', async () => {
  const id = await stage.ring();
  const told = posts.at(-1)!;
  const refused = [
    { ...told, authorization: `${told.authorization}A` },
    { ...told, path: `${told.path}A` },
  ];
  for (const post of refused) await send(post);
  await stage.press(id, 'one');
  const logged = JSON.stringify(stage.world.logged);
  // What stands before the secret in the address is there.
  for (const seen of ['http.refused', 'call.ended', told.path.split('/').at(-2)]) expect(logged).toContain(seen);
  for (const post of posts) {
    expect(logged).not.toContain(secretOf(post));
    expect(logged).not.toContain(post.authorization.split('.')[2]);
  }
});
