import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommunicationIdentityClient } from '@azure/communication-identity';
import { SmsClient } from '@azure/communication-sms';
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Certificate, keptCertificate } from '../../../local/certificate.ts';
import { type Oidc, startOidc } from '../../../local/oidc.ts';
import { anAcs, subscriber, type TestAcs, tollFree } from './anAcs.ts';

const directory = mkdtempSync(join(tmpdir(), 'acs-tls-'));
const text = { from: tollFree, to: [subscriber], message: 'hello' };
const scope = 'https://communication.azure.com//.default';

let certificate: Certificate;
let oidc: Oidc;
let acs: TestAcs;
beforeAll(async () => {
  certificate = await keptCertificate(directory, Date.now());
  oidc = await startOidc({ port: 0, audience: 'switchboard' });
});
afterAll(async () => {
  await oidc.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  acs = await anAcs({ tls: { ...certificate, port: 0 }, signIn: oidc });
});
afterEach(() => acs.close());

const tokenOf = async (form: Readonly<Record<string, string>>) => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'admin', ...form });
  const response = await fetch(`${oidc.issuer}/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
};

/** As an SDK's credential of Entra: it is told the scope, and asks its issuer. */
const credential = {
  getToken: async (asked: string | readonly string[]) => ({
    token: await tokenOf({ scope: String(asked) }),
    expiresOnTimestamp: Date.now() + 3_600_000,
  }),
};
const fixed = (token: string) => ({ getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) });

const trusting = () => ({ tlsOptions: { ca: certificate.certificate }, retryOptions: { maxRetries: 0 } });
const overTls = () => acs.tlsUrl ?? '';
const sms = (whose = credential, options: object = trusting(), url = overTls()) => new SmsClient(url, whose, options);

describe('over TLS', () => {
  test('a bearer token sends a text', async () => {
    expect(await sms().send(text)).toMatchObject([{ successful: true }]);
    expect(acs.carrier.sent()).toMatchObject([{ message: 'hello' }]);
  });

  test('a bearer token makes an identity', async () => {
    const client = new CommunicationIdentityClient(overTls(), credential, trusting());
    const { token } = await client.createUserAndToken(['chat']);
    expect(token.split('.')).toHaveLength(3);
  });

  test('a signature is as good as over HTTP', async () => {
    const connectionString = acs.connectionString.replace(acs.url, overTls());
    expect(await new SmsClient(connectionString, trusting()).send(text)).toMatchObject([{ successful: true }]);
  });

  test('nobody is served who does not trust the certificate', async () => {
    const stranger = sms(credential, { retryOptions: { maxRetries: 0 } });
    await expect(stranger.send(text)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(acs.carrier.sent()).toEqual([]);
  });

  test('a process is told to trust it by NODE_EXTRA_CA_CERTS alone', async () => {
    const ask = `fetch('${overTls()}/').then((r) => console.log(r.status), (e) => console.log(e.cause.code))`;
    const run = async (env: NodeJS.ProcessEnv) =>
      (await promisify(execFile)(process.execPath, ['-e', ask], { env })).stdout.trim();
    expect(await run({ NODE_EXTRA_CA_CERTS: certificate.file })).toBe('200');
    expect(await run({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

describe('a bearer token', () => {
  const anHour = 3_600;
  const signedBy = async (privateKey: CryptoKey, iss: string) =>
    new SignJWT({ iss, aud: 'https://communication.azure.com/', sub: 'eve' })
      .setProtectedHeader({ alg: 'RS256', kid: String(oidc.keys().keys[0]?.kid) })
      .setExpirationTime('1h')
      .sign(privateKey);

  test.each<[string, () => Promise<string> | string, string]>([
    ['for our own API', () => tokenOf({}), 'unexpected "aud"'],
    ['for another service', () => tokenOf({ scope: 'https://storage.azure.com/.default' }), 'unexpected "aud"'],
    [
      'of a stranger who took our name',
      async () => signedBy((await generateKeyPair('RS256')).privateKey, oidc.issuer),
      'signature',
    ],
    ['that is none', () => 'nonsense', 'Invalid'],
  ])('%s is denied, and the log says why', async (_, token, why) => {
    await expect(sms(fixed(await token())).send(text)).rejects.toMatchObject({ statusCode: 401, code: 'Denied' });
    expect(acs.log).toEqual([{ event: 'acs.denied', reason: expect.stringContaining(why) }]);
    expect(acs.carrier.sent()).toEqual([]);
  });

  test('that has expired is denied', async () => {
    const token = await tokenOf({ scope });
    acs.timers.advance((anHour + 1) * 1_000);
    await expect(sms(fixed(token)).send(text)).rejects.toMatchObject({ statusCode: 401 });
  });

  test('outlives a new key of the issuer, until the old one is forgotten', async () => {
    const client = sms(fixed(await tokenOf({ scope })));
    await oidc.rotate(false);
    expect(await client.send(text)).toMatchObject([{ successful: true }]);
    expect(await sms().send(text)).toMatchObject([{ successful: true }]);
    await oidc.rotate(true);
    await expect(client.send(text)).rejects.toMatchObject({ statusCode: 401 });
    expect(await sms().send(text)).toMatchObject([{ successful: true }]);
  });

  test('is not sent over HTTP by an SDK', async () => {
    const client = sms(credential, { allowInsecureConnection: true }, acs.url);
    await expect(client.send(text)).rejects.toThrow('not permitted for non-TLS protected (non-https) URLs');
  });

  test('that is sent over HTTP all the same is denied', async () => {
    const headers = { authorization: `Bearer ${await tokenOf({ scope })}` };
    const response = await fetch(`${acs.url}/identities`, { method: 'POST', headers });
    expect(response.status).toBe(401);
    expect(acs.log).toEqual([{ event: 'acs.denied', reason: 'a bearer token came over plain HTTP' }]);
  });

  test('is good for nobody where nobody issues any', async () => {
    const alone = await anAcs({ tls: { ...certificate, port: 0 } });
    await expect(sms(credential, trusting(), alone.tlsUrl).send(text)).rejects.toMatchObject({ statusCode: 401 });
    await alone.close();
  });
});

test('the page there names its own address', async () => {
  const page = await new Promise<string>((resolve, reject) => {
    const asked = request(overTls(), { ca: certificate.certificate }, (response) => {
      response
        .setEncoding('utf8')
        .toArray()
        .then((chunks) => resolve(chunks.join('')), reject);
    });
    asked.on('error', reject).end();
  });
  expect(page).toContain(`endpoint=${overTls()}/;accesskey=`);
});

test('a taken port is named with its setting', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const journal = join(directory, 'taken.jsonl');
  await expect(anAcs({ journal, tls: { ...certificate, port } })).rejects.toThrow(
    `Port ${port} is in use by another program. End that program, or set ACS_TLS_PORT to another port.`,
  );
  other.close();
});
