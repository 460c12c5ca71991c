import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameIdentifier, principalOf } from '../http/principals.ts';
import { aWorld, type TestWorld } from '../support/world.ts';

const page = 'http://localhost:5173';
const agent = { subject: 'ann', roles: ['agent'] };

let world: TestWorld;

/** The shipped app as it runs in App Service with authentication on, told to believe it, and with a page elsewhere. */
beforeAll(async () => {
  const platform = { WEBSITE_AUTH_ENABLED: 'True', WEBSITE_SITE_NAME: 'app', WEBSITE_HOSTNAME: 'app.example' };
  world = await aWorld({ environment: { ...platform, PLATFORM_AUTH: 'on' }, functionsCors: [page] });
});
afterAll(() => world.close());

const bearer = async (person = agent) => ({ authorization: `Bearer ${await world.oidc.token(person)}` });
const signedIn = (changed: Readonly<Record<string, string>> = {}) => ({
  'x-ms-client-principal': principalOf(
    Object.entries({ iss: world.oidc.issuer, aud: 'switchboard', [nameIdentifier]: 'ann', roles: 'agent', ...changed }),
  ),
});

/** As it goes over the wire: a list of values is a header that comes several times. */
async function ask(
  headers: Readonly<Record<string, string | readonly string[]>>,
  method = 'GET',
): Promise<IncomingMessage> {
  const asking = request(`${world.functions?.url}/api/conversations`, { method });
  for (const [name, value] of Object.entries(headers)) asking.setHeader(name, value);
  const [answer]: IncomingMessage[] = await once(asking.end(), 'response');
  if (answer === undefined) throw new Error('There is no answer.');
  return answer.resume();
}

test('a token opens, and the same header twice does not', async () => {
  const { authorization } = await bearer();
  expect((await ask({ authorization })).statusCode).toBe(200);
  expect((await ask({ authorization: [authorization, authorization] })).statusCode).toBe(401);
});

test('whom the platform signed in comes in, in their role and no other', async () => {
  expect((await ask(signedIn())).statusCode).toBe(200);
  expect((await ask(signedIn({ roles: 'none' }))).statusCode).toBe(403);
  expect((await ask(signedIn({ iss: 'https://evil.example' }))).statusCode).toBe(401);
  expect((await ask({ ...signedIn(), 'sec-fetch-site': 'cross-site' })).statusCode).toBe(401);
});

test('a page of a listed origin may ask with a token, and one of another may not read the answer', async () => {
  const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
  const preflight = await ask({ origin: page, ...asked }, 'OPTIONS');
  expect([preflight.statusCode, preflight.headers['access-control-allow-headers']]).toEqual([204, 'authorization']);
  const answer = async (origin: string) => (await ask({ origin, ...(await bearer()) })).headers;
  expect((await answer(page))['access-control-allow-origin']).toBe(page);
  expect((await answer('http://localhost:5174'))['access-control-allow-origin']).toBeUndefined();
});
