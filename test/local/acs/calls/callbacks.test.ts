import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { localResource } from '../../../../local/acs/connection.ts';
import { subscriber } from '../anAcs.ts';
import { aLine, type Line, text } from './aLine.ts';

let line: Line;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(() => line.fresh());
afterAll(() => line.close());

/** As an app does that knows nothing but the OpenID configuration. */
async function verify(authorization: string) {
  const config = await fetch(line.callbacks.openIdConfig);
  const { issuer, jwks_uri } = (await config.json()) as { issuer: string; jwks_uri: string };
  const token = authorization.replace('Bearer ', '');
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: line.callbacks.audience,
    algorithms: ['RS256'],
    currentDate: new Date(line.timers.now()),
  });
}

describe('the token of a callback', () => {
  test('is the service’s, for this resource, for five minutes, and another for each event', async () => {
    await line.answer();
    const [first, second] = line.app.arrivals;
    const { payload } = await verify(first!.authorization);
    expect(payload).toMatchObject({
      iss: 'https://acscallautomation.communication.azure.com',
      aud: localResource,
      exp: payload.iat! + 300,
    });
    expect((await verify(second!.authorization)).payload.jti).not.toBe(payload.jti);
    expect(line.callbacks).toMatchObject({ issuer: payload.iss, audience: payload.aud });
  });

  test('is no good when it is over', async () => {
    await line.answer();
    line.timers.advance(301_000);
    await expect(verify(line.app.arrivals[0]!.authorization)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  test('is signed with a new key on demand; the old one is published until it is to be forgotten', async () => {
    await line.answer();
    const old = line.app.arrivals[0]!.authorization;
    const rotated = await line.admin('POST', '/callback-keys', {});
    expect(rotated).toMatchObject({ status: 201, body: { published: { length: 2 } } });
    await line.answer();
    const { protectedHeader } = await verify(line.app.arrivals.at(-1)!.authorization);
    expect(protectedHeader.kid).toBe(rotated.body.kid);
    await verify(old);
    await line.admin('POST', '/callback-keys', { forget: true });
    await expect(verify(old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});

test('a callback is a JSON array of one CloudEvent about the connection', async () => {
  const { properties } = await line.answer(subscriber, { operationContext: 'o' });
  const [{ contentType, events } = expect.fail()] = line.app.arrivals;
  const about = `calling/callConnections/${properties.callConnectionId}`;
  expect(contentType).toBe('application/json');
  expect(events).toMatchObject([
    {
      id: expect.any(String),
      type: 'Microsoft.Communication.CallConnected',
      specversion: '1.0',
      source: about,
      subject: about,
      datacontenttype: 'application/json',
      time: expect.stringMatching(/\.\d{7}\+00:00$/),
      data: {
        operationContext: 'o',
        callConnectionId: properties.callConnectionId,
        serverCallId: properties.serverCallId,
        correlationId: properties.correlationId,
        resultInformation: { code: 200, subCode: 0, message: '' },
      },
    },
  ]);
});

test('an operation may have an address of its own', async () => {
  const { media } = await line.answer();
  await media.playToAll([text('hi')], { operationCallbackUrl: `${line.app.url}/elsewhere` });
  await line.app.told('PlayCompleted');
  expect(line.app.arrivals.map(({ path }) => path)).toEqual(['/callbacks', '/callbacks', '/elsewhere', '/elsewhere']);
});

describe('a dial', () => {
  test('lets callbacks overtake the answer', async () => {
    line.dials.change({ calls: { callbacks: { early: 1 } } });
    const { context } = await line.ring();
    await line.client.answerCall(context, line.callback);
    expect(line.app.types()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  });

  test('lets them come twice', async () => {
    line.dials.change({ calls: { callbacks: { duplicate: 1 } } });
    await line.answer();
    await line.settled();
    expect(line.app.types()).toEqual(['CallConnected', 'CallConnected', 'ParticipantsUpdated', 'ParticipantsUpdated']);
    expect(new Set(line.app.events().map(({ id }) => id)).size).toBe(2);
  });

  test('lets several come in one', async () => {
    line.dials.change({ calls: { callbacks: { batch: 5 } } });
    await line.answer();
    expect(line.app.arrivals.map(({ events }) => events.length)).toEqual([2]);
  });

  test('holds them back', async () => {
    line.dials.change({ calls: { callbacks: { delayMs: 5_000 } } });
    const { context } = await line.ring();
    const armed = line.timers.armed();
    await line.client.answerCall(context, line.callback);
    await armed;
    line.timers.advance(4_999);
    expect(line.app.types()).toEqual([]);
    line.timers.advance(1);
    await line.app.told('ParticipantsUpdated');
  });

  test('lets them change places', async () => {
    line.dials.change({ seed: 5, calls: { callbacks: { reorderMs: 60_000 } } });
    const orders = new Set<string>();
    for (let call = 0; call < 6; call++) {
      const { context } = await line.ring();
      await line.client.answerCall(context, line.callback);
      // Both are held back from the same moment on.
      await expect.poll(() => line.timers.untilNext()).toBeDefined();
      line.timers.advance(60_000);
      await line.settled();
      orders.add(line.app.types().join());
      line.app.forget();
    }
    expect(orders).toContain('ParticipantsUpdated,CallConnected');
  });

  test('lets attempts get lost, which are then repeated', async () => {
    line.dials.change({ calls: { callbacks: { drop: 1 } } });
    const { id, context } = await line.ring();
    const armed = line.timers.armed();
    await line.client.answerCall(context, line.callback);
    await armed;
    expect(line.app.types()).toEqual([]);
    line.dials.change({ calls: { callbacks: { drop: 0 } } });
    line.timers.advance(1_000);
    await line.settled();
    expect((await line.report(id)).callbacks[0]).toMatchObject({
      type: 'Microsoft.Communication.CallConnected',
      attempts: [{ outcome: 'dropped' }, { outcome: '200' }],
    });
  });

  test('says how callbacks call themselves', async () => {
    line.dials.change({ switches: { callbackContentType: 'application/cloudevents-batch+json' } });
    await line.answer();
    expect(line.app.arrivals[0]).toMatchObject({ contentType: 'application/cloudevents-batch+json' });
  });
});

describe('a callback that is refused', () => {
  test('comes again after 1, 2, 4 s, and then no more', async () => {
    line.app.statuses.push(...Array(9).fill(500));
    const { id, context } = await line.ring();
    await line.client.answerCall(context, line.callback);
    const attempts = async () => (await line.report(id)).callbacks.map((callback) => callback.attempts.length);
    for (const [index, wait] of [1_000, 2_000, 4_000].entries()) {
      await expect.poll(attempts).toEqual([index + 1, index + 1]);
      expect(line.timers.untilNext()).toBe(wait);
      line.timers.advance(wait);
    }
    await line.settled();
    line.timers.advance(600_000);
    await line.settled();
    expect(await attempts()).toEqual([4, 4]);
    line.app.statuses.length = 0;
  });

  test('holds nothing back that comes after it', async () => {
    line.app.statuses.push(500);
    await line.answer();
    expect(line.app.types().slice(0, 2)).toEqual(['CallConnected', 'ParticipantsUpdated']);
    line.timers.advance(1_000);
    await line.app.told('CallConnected', 2);
  });

  test('does not come again if nobody wants that', async () => {
    line.dials.change({ switches: { callbackRetries: 0 } });
    line.app.statuses.push(500);
    await line.answer();
    await line.settled();
    line.timers.advance(600_000);
    await line.settled();
    expect(line.app.types()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  });

  test('is told in the log without the address, which holds the app’s secret', async () => {
    const told: unknown[] = [];
    const talking = await aLine(undefined, { log: (...what) => void told.push(what) });
    const { context } = await talking.ring();
    await talking.client.answerCall(context, 'http://127.0.0.1:9/callbacks/a-secret');
    await expect.poll(() => JSON.stringify(told)).toContain('acs.callback-failed');
    talking.dials.change({ switches: { callbackRetries: 0 } });
    expect(JSON.stringify([told, (await talking.admin('GET', '/calls')).body])).not.toContain('a-secret');
    await talking.close();
  });
});

test('a callback address must be one', async () => {
  const { context } = await line.ring();
  await expect(line.client.answerCall(context, 'bakery')).rejects.toMatchObject({
    statusCode: 400,
    code: '8523',
    message: expect.stringContaining('callbackUri'),
  });
});
