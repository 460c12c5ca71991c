import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anAcs, local, subscriber, type TestAcs, tollFree } from './anAcs.ts';

/** The unmodified SDK speaks, the emulator answers. */
describe('a send', () => {
  let acs: TestAcs;

  beforeEach(async () => {
    acs = await anAcs();
  });
  afterEach(() => acs.close());

  test('is accepted', async () => {
    const [result] = await acs.send();
    expect(result).toEqual({
      to: subscriber,
      messageId: expect.stringMatching(/^Outgoing_\d{14}[0-9a-f-]{36}$/),
      httpStatusCode: 202,
      successful: true,
      repeatabilityResult: 'accepted',
    });
    expect(acs.carrier.sent()).toMatchObject([{ from: local, to: subscriber, message: 'hello', attempts: 1 }]);
  });

  test('gives each recipient a result of its own', async () => {
    const results = await acs.send({ to: [subscriber, '+1425555012345', '14255550124'] });
    expect(results.map(({ httpStatusCode, errorMessage }) => [httpStatusCode, errorMessage])).toEqual([
      [202, undefined],
      [400, 'Invalid To phone number format.'],
      [400, 'Invalid To phone number format.'],
    ]);
    expect(acs.carrier.sent()).toHaveLength(1);
  });

  test('reaches 100 recipients', async () => {
    const to = Array.from({ length: 100 }, (_, index) => `+1425556${String(index).padStart(4, '0')}`);
    const results = await acs.send({ to });
    expect(results.every(({ successful }) => successful)).toBe(true);
  });

  test('may be 2,048 characters long', async () => {
    expect(await acs.send({ message: 'x'.repeat(2_048) })).toMatchObject([{ successful: true }]);
  });

  test.each([
    ['no recipient', { to: [] }, /smsRecipients/],
    ['101 recipients', { to: Array.from({ length: 101 }, () => subscriber) }, /smsRecipients/],
    ['2,049 characters', { message: 'x'.repeat(2_049) }, /message/],
    ['no text', { message: '' }, /message/],
  ])('with %s is refused whole', async (_, request, message) => {
    await expect(acs.send(request)).rejects.toMatchObject({ statusCode: 400, code: 'BadRequest', message });
    expect(acs.carrier.sent()).toEqual([]);
  });

  test('without a text at all is refused by the SDK', async () => {
    await expect(acs.send({ message: undefined as never })).rejects.toThrow('message');
  });

  // The service leaves the message empty, and then the SDK finds no code either.
  test('from a number of somebody else is refused whole', async () => {
    await expect(acs.send({ from: '+14255550199' })).rejects.toMatchObject({
      statusCode: 401,
      code: undefined,
      details: { body: { error: { code: 'Unauthorized', message: '' } } },
    });
  });

  test.each(['18005550100', '+1425555012345', 'Not a number at all'])(
    'from %j, which is no number, is refused',
    async (from) => {
      await expect(acs.send({ from })).rejects.toMatchObject({
        statusCode: 400,
        code: undefined,
        details: { body: { From: ['Invalid from phone number format.'] } },
      });
    },
  );

  test('goes through whatever API version is asked for', async () => {
    const client = acs.client({ apiVersion: '2099-01-01' } as never);
    expect(await client.send({ from: tollFree, to: [subscriber], message: 'hi' })).toMatchObject([
      { successful: true },
    ]);
  });

  test('with the wrong key is denied, and the log says why', async () => {
    const other = acs.connectionString.replace(
      /accesskey=.*/,
      `accesskey=${Buffer.from('another key').toString('base64')}`,
    );
    const client = acs.client({}, other);
    await expect(client.send({ from: local, to: [subscriber], message: 'hi' })).rejects.toMatchObject({
      statusCode: 401,
      code: 'Denied',
    });
    expect(acs.log).toEqual([{ event: 'acs.denied', reason: 'the signature is wrong' }]);
  });

  test('signed too long ago is denied', async () => {
    acs.timers.advance(16 * 60_000);
    await expect(acs.send()).rejects.toMatchObject({ statusCode: 401, code: 'Denied' });
    acs.dials.change({ switches: { hmacDateToleranceMinutes: 30, repeatabilityWindowSeconds: 1_800 } });
    expect(await acs.send()).toMatchObject([{ successful: true }]);
  });

  test('may be signed at any time where the switch is 0', async () => {
    acs.timers.advance(365 * 86_400_000);
    acs.dials.change({
      switches: { hmacDateToleranceMinutes: 0 },
      sms: { repeatability: false },
    });
    expect(await acs.send()).toMatchObject([{ successful: true }]);
  });

  test('finds its connection still there after a pause', async () => {
    const { headers } = await fetch(`${acs.url}/`);
    expect(headers.get('keep-alive')).toBe('timeout=60');
  });
});

describe('what is no send', () => {
  test.each([
    ['POST', '/chat/threads', 404],
    ['GET', '/sms', 404],
  ])('%s %s is answered in the words of the wire', async (method, path, status) => {
    const acs = await anAcs();
    const response = await fetch(acs.url + path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: 'NotFound' } });
    await acs.close();
  });
});
