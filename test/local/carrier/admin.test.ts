import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anAcs, anEventGrid, local, subscriber, type TestAcs, tollFree } from '../acs/anAcs.ts';

describe('the control surface', () => {
  let acs: TestAcs;
  let resets = 0;

  beforeEach(async () => {
    resets = 0;
    acs = await anAcs({
      alsoReset: async () => {
        resets += 1;
      },
    });
  });
  afterEach(() => acs.close());

  async function call(method: string, path: string, body?: unknown) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(acs.url + path, { method, body: text ?? null });
    const answer = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: answer.startsWith('{') ? JSON.parse(answer) : answer,
    };
  }

  test('lists our numbers, and lets nobody’s pages ask unless somebody’s may', async () => {
    expect((await call('GET', '/admin/numbers')).body.numbers).toContainEqual({ number: tollFree, kind: 'toll-free' });
    const asked = { headers: { origin: 'http://127.0.0.1:7071' } };
    expect((await fetch(`${acs.url}/admin/numbers`, asked)).headers.has('access-control-allow-origin')).toBe(false);
    const open = await anAcs({ pages: 'http://127.0.0.1:7071' });
    const allowed = async (origin: string) =>
      (await fetch(`${open.url}/admin/numbers`, { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed('http://127.0.0.1:7071')).toBe('http://127.0.0.1:7071');
    expect(await allowed('http://evil.example')).toBeNull();
    await open.close();
  });

  test('lets a subscriber text us', async () => {
    const { status, body } = await call('POST', '/admin/sms', { from: subscriber, to: tollFree, message: 'hours' });
    expect(status).toBe(202);
    expect(acs.eventGrid.published).toMatchObject([{ id: body.messageId, data: { message: 'hours' } }]);
  });

  test('tells what was sent, newest last, and what the carrier told of itself', async () => {
    await acs.send({ message: 'one' }, { enableDeliveryReport: true, tag: 'a' });
    await acs.send({ message: 'two', to: ['+14255550124'] });
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    const { body } = await call('GET', '/admin/sms');
    expect(body.sent).toMatchObject([
      {
        messageId: expect.stringMatching(/^Outgoing_/),
        from: local,
        to: subscriber,
        message: 'one',
        status: 'accepted',
        tag: 'a',
        repeatabilityId: expect.any(String),
        attempts: 1,
        sentAt: new Date(acs.timers.now()).toISOString(),
      },
      { message: 'two' },
    ]);
    expect(body.notices).toMatchObject([{ from: tollFree, to: subscriber }]);
  });

  test.each([
    ['?to=%2B14255550124', ['two']],
    ['?to=+14255550124', ['two']],
    ['?from=14255550100&to=14255550123', ['one']],
    ['?from=18005550100', []],
  ])('narrows that by %s', async (query, messages) => {
    await acs.send({ message: 'one' });
    await acs.send({ message: 'two', to: ['+14255550124'] });
    const { body } = await call('GET', `/admin/sms${query}`);
    expect(body.sent.map(({ message }: { message: string }) => message)).toEqual(messages);
  });

  test('lists events, delivers them again, and lists dead letters', async () => {
    const { messageId } = await acs.carrier.text(subscriber, tollFree, 'hours');
    expect((await call('GET', '/admin/events')).body).toMatchObject({ events: [{ id: messageId }] });
    expect(await call('POST', `/admin/events/${messageId}/redeliver`)).toMatchObject({
      status: 202,
      body: { redelivered: 1 },
    });
    expect((await call('GET', '/admin/dead-letters')).body).toEqual({ deadLetters: [] });
  });

  test('turns dials and says how they stand', async () => {
    const turned = await call('PUT', '/admin/dials', { sms: { status429: 1 } });
    expect(turned).toMatchObject({ status: 200, body: { sms: { status429: 1, status5xx: 0 } } });
    expect((await call('GET', '/admin/dials')).body).toEqual(turned.body);
    const { body } = await call('GET', '/admin/dials/schema');
    expect(body.properties.sms.properties.status429).toMatchObject({ description: expect.any(String), maximum: 1 });
    await call('PUT', '/admin/dials?forSeconds=60', { sms: { lostAnswer: 1 } });
    expect((await call('GET', '/admin/dials/passing')).body).toMatchObject({
      passing: [{ dials: ['sms.lostAnswer'] }],
    });
    await expect(acs.send()).rejects.toMatchObject({ statusCode: 429 });
  });

  test('makes a fresh world', async () => {
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    await acs.send({ from: tollFree }, { enableDeliveryReport: true });
    acs.dials.change({ sms: { reportMissing: 1 } });
    expect(await call('POST', '/admin/reset')).toMatchObject({ status: 204 });
    await acs.settled();
    expect(acs.carrier.sent()).toEqual([]);
    expect(acs.carrier.notices()).toEqual([]);
    expect(acs.eventGrid.published).toEqual([]);
    expect(acs.dials.get().sms.reportMissing).toBe(0);
    expect(resets).toBe(1);
    await acs.send({ from: tollFree }, { enableDeliveryReport: true });
    acs.timers.advance(0);
    await acs.settled();
    expect(acs.carrier.sent()).toMatchObject([{ status: 'delivered' }]);
  });

  test.each([
    ['POST', '/admin/sms', '{"from":', 400, 'The body must be JSON.'],
    ['POST', '/admin/sms', '', 400, 'The body must be JSON.'],
    ['POST', '/admin/sms', { from: subscriber, to: tollFree }, 400, 'message: '],
    ['POST', '/admin/sms', { from: subscriber, to: tollFree, message: '' }, 400, 'message: '],
    ['POST', '/admin/sms', { from: subscriber, to: tollFree, message: 'hi', text: 'hi' }, 400, '"text"'],
    ['POST', '/admin/sms', { from: subscriber, to: '+14255550177', message: 'hi' }, 400, tollFree],
    ['GET', '/admin/sms?two=1', undefined, 400, '"two"'],
    ['PUT', '/admin/dials', { sms: { status500: 1 } }, 400, 'There is no dial sms.status500'],
    ['PUT', '/admin/dials', { sms: { status429: 2 } }, 400, 'sms.status429'],
    ['PUT', '/admin/dials?forSeconds=soon', {}, 400, 'whole seconds'],
    ['POST', '/admin/events/none/redeliver', undefined, 404, 'GET /admin/events'],
    ['GET', '/admin/nothing', undefined, 404, 'POST /admin/sms'],
    ['DELETE', '/admin/sms', undefined, 404, 'There is no DELETE /admin/sms.'],
  ])('%s %s with %j is a problem that says what to change', async (method, path, body, status, words) => {
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { status, detail: expect.stringContaining(words) },
    });
  });

  test('has a page that says what is here', async () => {
    const { body, type } = await call('GET', '/');
    expect(type).toMatch(/^text\/plain/);
    for (const words of [
      acs.url,
      acs.connectionString,
      tollFree,
      local,
      '/:issueAccessToken',
      ':recognize',
      '/admin/calls',
      '/admin/reset',
      'curl ',
    ])
      expect(body).toContain(words);
  });

  test('shares its port with what Event Grid answers', async () => {
    expect(await call('GET', '/eventgrid/validate?id=a')).toMatchObject({ status: 200, body: 'Good.' });
    expect(await call('GET', '/eventgrid/validate?id=b')).toMatchObject({ status: 404 });
  });
});

test('a fault of the world itself is told in the log and not to the caller', async () => {
  const eventGrid = {
    ...anEventGrid(),
    since: () => {
      throw new Error('a secret');
    },
  };
  const acs = await anAcs({ eventGrid });
  const response = await fetch(`${acs.url}/admin/events`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(acs.log).toMatchObject([{ event: 'acs.fault', reason: expect.stringContaining('a secret') }]);
  await acs.close();
});
