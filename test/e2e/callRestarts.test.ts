import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appSettings, type Places } from '../../local/appSettings.ts';
import { type FunctionsHost, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';
import { root } from '../support/world.ts';
import { type CallStage, callStage, counter, saidWhenNobodyComes, stepsOf } from './callStage.ts';

let places: Places;
let stage: CallStage;
let host: FunctionsHost | undefined;
let restarts = 0;
let turn: Promise<unknown> = Promise.resolve();

/** The app, loaded anew: nothing that a process remembered of a call is left. */
async function start(): Promise<void> {
  const port = host === undefined ? 0 : Number(new URL(host.url).port);
  await host?.close();
  const env = appSettings(root, places, stage.environment);
  host = await startFunctionsHost({ root, env, port: port || functionsPort, log: () => {} });
}
let functionsPort = 0;

/** Stands before the app; whenever the provider has something to tell, the app is started anew before it hears it. */
const door = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  if (request.url?.includes('/callbacks/')) {
    const before = turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    await before;
    restarts += 1;
    await start();
    response.writeHead(await passOn(request, body)).end();
    return resolve();
  }
  const answer = await fetch(`${host?.url}${request.url}`);
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
});

async function passOn({ url, method = 'POST', headers }: IncomingMessage, body: Buffer): Promise<number> {
  const { authorization = '', 'content-type': type = '' } = headers;
  const answer = await fetch(`${host?.url}${url}`, { method, headers: { authorization, 'content-type': type }, body });
  return answer.status;
}

beforeAll(async () => {
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  stage = await callStage({
    functions: false,
    functionsUrl: () => host?.url ?? '',
    reroute: async (given) => {
      functionsPort = Number(new URL(given.calls?.publicUrl ?? '').port);
      const publicUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
      places = { ...given, calls: given.calls && { ...given.calls, publicUrl } };
      return places;
    },
  });
  await start();
});
afterAll(async () => {
  await stage.close();
  await host?.close();
  door.closeAllConnections();
  door.close();
});

test('an app that is started anew before each callback loses no thread', { timeout: 60_000 }, async () => {
  await stage.admin('PUT', `/handsets/${counter}`, { does: 'decline' });
  const id = await stage.ring();
  await stage.press(id, 'three');
  await stage.press(id, 'pound');
  expect(await stage.said(id)).toEqual(saidWhenNobodyComes);
  const [entry] = await stage.entries();
  expect(entry).toMatchObject({ outcome: 'voicemail' });
  expect(stepsOf(entry!)).toEqual(['welcome: 3', 'counter', 'nobody', 'message', 'bye']);
  expect(restarts).toBeGreaterThan(10);
});
