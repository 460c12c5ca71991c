import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared');
const directory = mkdtempSync(join(tmpdir(), 'managed-identity-'));

/** What reached Azure's services, as `service: Authorization`, and what tokens the identity's endpoint was asked for. */
const reached = new Set<string>();
const asked: { readonly resource: string | null; readonly clientId: string | null; readonly secret: unknown }[] = [];
const servers: Server[] = [];
let environment: Record<string, string>;

/** Refuses everything, so that no SDK comes a second time. */
const azure: RequestListener = ({ url = '', headers }, response) => {
  reached.add(`${url.split(/[/?]/)[1]}: ${headers.authorization}`);
  response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":{"code":"Refused","message":"no"}}');
};

/** As in App Service (https://learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint reference"). */
const identityEndpoint: RequestListener = ({ url = '', headers }, response) => {
  const { searchParams } = new URL(url, 'http://identity');
  const resource = searchParams.get('resource');
  asked.push({ resource, clientId: searchParams.get('client_id'), secret: headers['x-identity-header'] });
  const expires = Math.floor(Date.now() / 1_000) + 86_400;
  const token = { access_token: `token for ${resource}`, expires_on: `${expires}`, resource, token_type: 'Bearer' };
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(token));
};

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  writeFileSync(join(directory, 'ca.pem'), cert);
  const at = await addressOf(createServer({ key, cert }, azure));
  const identity = await addressOf(createPlainServer(identityEndpoint));
  environment = {
    NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem'),
    IDENTITY_ENDPOINT: `http://${identity}/msi/token`,
    IDENTITY_HEADER: 'platform-secret',
    STORAGE_CONNECTION__tableServiceUri: `https://${at}/table`,
    STORAGE_CONNECTION__queueServiceUri: `https://${at}/queue`,
    STORAGE_CONNECTION__blobServiceUri: `https://${at}/blob`,
    ACS_ENDPOINT: `https://${at}`,
    EVENTS_ENDPOINT: `https://${at}/topic/api/events`,
    ACS_RESOURCE_ID: '/subscriptions/test',
    CONVERSATION_KEY: 'a-key-for-tests-of-32-characters',
    SERVICE_NUMBERS: '+18005550100',
    OIDC_ISSUER: 'https://issuer.example',
    OIDC_AUDIENCE: 'switchboard',
  };
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(directory, { recursive: true });
});

async function addressOf(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** In a process of its own, because Node reads whom to trust when it starts; every adapter is used once. */
const program = `
  const { readConfig } = await import('${folder}/config.ts');
  const { connectionsOf } = await import('${folder}/runtime/connections.ts');
  const { azureEntityTable } = await import('${folder}/adapters/storage/azureEntityTable.ts');
  const { wakeQueue } = await import('${folder}/adapters/storage/wakeQueue.ts');
  const { droppedBlobs } = await import('${folder}/adapters/storage/droppedBlobs.ts');
  const { acsSmsSender } = await import('${folder}/adapters/acs/acsSmsSender.ts');
  const clock = { now: () => Date.now() };
  const { storage, acs, topic } = connectionsOf(readConfig());
  const sms = { from: '+18005550100', to: '+14255550101', text: 'hi', tag: 't', repeatabilityId: 'r', firstSentAt: 0 };
  const event = { id: '1', type: 'switchboard.message', subject: 's', time: 0, data: {} };
  await Promise.allSettled([
    azureEntityTable({ ...storage, table: 'conversations' }).get({ partition: 'p', row: 'r' }),
    wakeQueue({ ...storage, clock }).arm({ conversation: 'c', entry: 'e' }, 0),
    droppedBlobs({ ...storage, clock }).keep({}, 'no'),
    acsSmsSender(acs, clock).send(sms, 5000),
    topic.send([event]),
  ]);
`;

const run = (changed: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...environment, ...changed },
  });

test('without keys every service is asked with a token for itself', async () => {
  await run();
  const storage = 'Bearer token for https://storage.azure.com';
  expect([...reached].toSorted()).toEqual([
    `blob: ${storage}`,
    `queue: ${storage}`,
    'sms: Bearer token for https://communication.azure.com/',
    `table: ${storage}`,
    'topic: Bearer token for https://eventgrid.azure.net',
  ]);
  expect(new Set(asked.map(({ clientId }) => clientId))).toEqual(new Set([null]));
  expect(new Set(asked.map(({ secret }) => secret))).toEqual(new Set(['platform-secret']));
});

test('an identity that a person assigned is named', async () => {
  asked.length = 0;
  await run({
    AZURE_CLIENT_ID: 'ours',
    STORAGE_CONNECTION__credential: 'managedidentity',
    STORAGE_CONNECTION__clientId: 'of-storage',
  });
  expect(new Set(asked.map(({ resource, clientId }) => `${resource} ${clientId}`))).toEqual(
    new Set([
      'https://storage.azure.com of-storage',
      'https://communication.azure.com/ ours',
      'https://eventgrid.azure.net ours',
    ]),
  );
});
