import functions, { type InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { answer, route } from '../../shared/http/route.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { type RequestServices, requestHandler } from '../../shared/runtime/requestHandler.ts';
import { aCanary, type Canary } from '../http/canary.ts';
import { nobodies } from '../http/impostors.ts';
import { audience, now, type TestIssuer, testIssuer } from '../http/testIssuer.ts';

const closed = route({
  name: 'closed',
  method: 'GET',
  path: '/api/closed',
  role: 'signed-in',
  summary: 'For whoever is somebody',
  responses: { 200: { description: 'Come in.', body: z.unknown() } },
});

let issuer: TestIssuer;
let other: TestIssuer;
let second: TestIssuer;
let canary: Canary;

beforeAll(async () => {
  [issuer, other, second] = await Promise.all([testIssuer(), testIssuer(), testIssuer()]);
  canary = await aCanary();
});
afterAll(async () => {
  await canary.close();
  await Promise.all([issuer, other, second].map(({ close }) => close()));
});

/** With keys of its own for each request: the same key id twice in a row would be neither right nor wrong. */
async function knock(headers: Readonly<Record<string, string>>) {
  const auth: AuthSettings = {
    issuers: [issuer.issuer, second.issuer],
    audience,
    rolesClaim: 'roles',
    roles: { agent: 'agent', admin: 'admin' },
  };
  const services: RequestServices = { auth, clock: { now: () => now }, log: () => {} };
  let reached = false;
  const handler = requestHandler(
    closed,
    async () => {
      reached = true;
      return answer(200, {});
    },
    () => services,
  );
  const request = new functions.HttpRequest({ method: 'GET', url: 'http://localhost/api/closed', headers });
  const { status } = await handler(request, { invocationId: '' } as InvocationContext);
  return { status, reached };
}

const stage = () => ({
  issuer,
  other,
  second,
  canary: canary.address,
});

test('whoever is somebody is let in', async () => {
  for (const { token } of [issuer, second])
    expect(await knock({ authorization: `Bearer ${await token()}` })).toEqual({ status: 200, reached: true });
});

describe('is nobody', () => {
  test.each(nobodies)('%s', async (_, headers) => {
    for (const seen of [other.asked, canary.visits]) seen.length = 0;
    expect(await knock(await headers(stage()))).toEqual({ status: 401, reached: false });
    expect([...other.asked, ...canary.visits]).toEqual([]);
  });
});
