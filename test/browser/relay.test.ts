import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startChromium, type TestBrowser } from '../support/chromium.ts';
import { aWorld, type TestWorld } from '../support/world.ts';
import { aSite, type Site } from './aSite.ts';
import { coturn, coturnPath, freeUdpPort, hmacSha1, nodeTurn, type StartTurn } from './turnServers.ts';

const secret = 'a-secret-for-tests-of-32-characters';
let browser: TestBrowser;
let site: Site;
let world: TestWorld;
let port: number;

beforeAll(async () => {
  [site, port] = await Promise.all([aSite(), freeUdpPort()]);
  const turn = `turn:127.0.0.1:${port}?transport=udp`;
  const environment = { STUN_URLS: `stun:127.0.0.1:${port}`, TURN_URLS: turn, TURN_SECRET: secret };
  browser = await startChromium(['--allow-loopback-in-peer-connection']);
  world = await aWorld({ functionsCors: [site.origin], environment });
});
afterAll(async () => {
  await Promise.all([browser?.close(), world?.close(), site?.close()]);
});

interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}
interface Answer {
  readonly iceServers: readonly IceServer[];
  readonly expiresOn: string;
}

/** A page of the site asks the app. */
async function aPage() {
  const tab = await browser.page();
  await tab.goto(site.origin);
  const url = `${world.functions?.url}/api/ice-servers`;
  const headers = { authorization: `Bearer ${await world.oidc.token({ person: 'guest' })}` };
  const asked = ([url, headers]: readonly [string, Record<string, string>]) =>
    fetch(url, { headers }).then((response) => response.json() as Promise<Answer>);
  return { tab, ice: await tab.evaluate(asked, [url, headers] as const) };
}

/** As much of WebRTC as is used here. */
declare class RTCPeerConnection {
  constructor(options: { iceServers: readonly IceServer[]; iceTransportPolicy: 'relay' });
  createDataChannel(label: string): void;
  createOffer(): Promise<object>;
  setLocalDescription(offer: object): Promise<void>;
  readonly iceGatheringState: string;
  onicecandidate: (event: { candidate: { type: string; port: number } | null }) => void;
  onicecandidateerror: (event: { errorCode: number }) => void;
  onicegatheringstatechange: () => void;
  close(): void;
}

/** Runs in the page: everything that a browser which may only relay finds out, when it has done looking. */
async function gather(iceServers: readonly IceServer[]) {
  const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  const found = { candidates: [] as string[], errors: [] as number[] };
  const done = new Promise<void>((resolve) => {
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
  });
  connection.onicecandidate = ({ candidate }) => candidate && found.candidates.push(candidate.type);
  connection.onicecandidateerror = ({ errorCode }) => found.errors.push(errorCode);
  connection.createDataChannel('any');
  await connection.setLocalDescription(await connection.createOffer());
  await done;
  connection.close();
  return found;
}

const installed = coturnPath();
const servers: readonly (readonly [string, StartTurn])[] = [
  ['node-turn', nodeTurn],
  ...(installed === undefined ? [] : ([['coturn', coturn(installed)]] as const)),
];

describe.each(servers)('%s', (_, start) => {
  const aServer = async () => {
    const server = await start({ port, secret });
    onTestFinished(() => server.close());
  };

  test('lets a browser relay with what the app answers', async () => {
    await aServer();
    const { tab, ice } = await aPage();
    const found = await tab.evaluate(gather, ice.iceServers);
    expect(new Set(found.candidates)).toEqual(new Set(['relay']));
    expect(found.errors).toEqual([]);
  });

  test.each<readonly [string, (relay: Required<IceServer>) => Partial<IceServer>]>([
    ['made with another secret', ({ username }) => ({ credential: hmacSha1('another', username) })],
    [
      'whose end was put off',
      ({ username }) => ({ username: username.replace(/^\d+/, (end) => String(Number(end) + 60)) }),
    ],
    ['in another name', ({ username }) => ({ username: `${username}x` })],
    ['that has ended', ({ username }) => ended(username)],
  ])('lets nobody relay with a credential %s', async (_, tamper) => {
    await aServer();
    const { tab, ice } = await aPage();
    const tampered = ice.iceServers.map((one) =>
      one.username ? { ...one, ...tamper(one as Required<IceServer>) } : one,
    );
    const found = await tab.evaluate(gather, tampered);
    expect(found.candidates).toEqual([]);
    expect(found.errors).toContain(401);
  });
});

/** What the app would have answered long ago: the right password of a name whose second is over. */
function ended(username: string): Partial<IceServer> {
  const name = username.replace(/^\d+/, String(Math.floor(Date.now() / 1_000) - 1));
  return { username: name, credential: hmacSha1(secret, name) };
}

test('the password is the HMAC-SHA1 of the name, and the name says the end that is told', async () => {
  const { ice } = await aPage();
  const relay = ice.iceServers.find(({ username }) => username !== undefined);
  expect(relay?.credential).toBe(hmacSha1(secret, relay?.username ?? ''));
  const [end, user] = relay?.username?.split(':') ?? [];
  expect(Number(end) * 1_000).toBe(Date.parse(ice.expiresOn));
  expect(user).toMatch(/^[A-Za-z0-9_-]{22}$/);
});
