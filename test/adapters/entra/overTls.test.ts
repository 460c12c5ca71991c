import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { keptCertificate } from '../../../local/certificate.ts';
import { type Oidc, startOidc } from '../../../local/oidc.ts';
import { anAcs, subscriber, tollFree } from '../../local/acs/anAcs.ts';

const folder = resolve(import.meta.dirname, '../../../shared');

/** In a process of its own, because Node reads whom to trust when it starts. */
const program = `
  const { managedIdentity } = await import('${folder}/adapters/entra/managedIdentity.ts');
  const { acsSmsSender } = await import('${folder}/adapters/acs/acsSmsSender.ts');
  const acs = { endpoint: process.env.ACS_ENDPOINT, credential: managedIdentity(undefined) };
  const sms = { from: '${tollFree}', to: '${subscriber}', text: 'hello', tag: 't', repeatabilityId: '${crypto.randomUUID()}', firstSentAt: Date.now() };
  console.log(JSON.stringify(await acsSmsSender(acs, { now: () => Date.now() }).send(sms, 5000)));
`;

/** Hands out the local sign-in's tokens in the way of App Service. */
async function identityEndpoint({ issuer }: Oidc): Promise<string> {
  const server = createServer(async ({ url = '' }, response) => {
    const scope = `${new URL(url, 'http://identity').searchParams.get('resource')}/.default`;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'admin', scope });
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body: form });
    const { access_token } = (await answer.json()) as { readonly access_token: string };
    const expires_on = Math.floor(Date.now() / 1_000) + 3_600;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ access_token, expires_on, token_type: 'Bearer' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`;
}

test('a text leaves without a key, by an emulator that looks at the token', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'over-tls-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const certificate = await keptCertificate(directory, Date.now());
  const oidc = await startOidc({ port: 0, audience: 'switchboard' });
  onTestFinished(() => oidc.close());
  const acs = await anAcs({ tls: { ...certificate, port: 0 }, signIn: oidc });
  onTestFinished(() => acs.close());

  const env = {
    NODE_EXTRA_CA_CERTS: certificate.file,
    IDENTITY_ENDPOINT: await identityEndpoint(oidc),
    IDENTITY_HEADER: 'platform-secret',
    ACS_ENDPOINT: acs.tlsUrl,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });

  expect(JSON.parse(stdout)).toMatchObject({ type: 'accepted' });
  expect(acs.carrier.sent()).toMatchObject([{ message: 'hello' }]);
});
