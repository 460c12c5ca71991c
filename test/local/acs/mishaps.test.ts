import { afterEach, describe, expect, test } from 'vitest';
import { anAcs, subscriber, type TestAcs, tollFree } from './anAcs.ts';

/** No test waits: the SDK's retries come at once. */
const impatient = { retryOptions: { maxRetries: 3, retryDelayInMs: 1, maxRetryDelayInMs: 1 } };
const text = { from: tollFree, to: [subscriber], message: 'hello' };

describe('a mishap', () => {
  let acs: TestAcs;
  afterEach(() => acs.close());

  const turn = async (sms: object, switches = {}) => {
    acs = await anAcs({ turned: { sms, switches } });
  };

  test('a 429 without Retry-After is not tried again by the SDK', async () => {
    await turn({ status429: 1 });
    await expect(acs.client(impatient).send(text)).rejects.toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    acs.dials.change({ sms: { status429: 0 } });
    await acs.client(impatient).send(text);
    expect(acs.carrier.sent()).toHaveLength(1);
  });

  test('a 429 with Retry-After is tried again by the SDK, under the same id', async () => {
    await turn({ status429: 1, retryAfterSeconds: 0 });
    const client = acs.client({
      retryOptions: impatient.retryOptions,
      additionalPolicies: [{ position: 'perRetry', policy: thenAllWell(() => acs, 2) }],
    });
    expect(await client.send(text)).toMatchObject([{ successful: true }]);
    expect(acs.carrier.sent()).toMatchObject([{ attempts: 3 }]);
  });

  test('Retry-After is left out where the switch says so', async () => {
    await turn({ status429: 1, retryAfterSeconds: 0 }, { retryAfterOn429: false });
    const error = await acs
      .client(impatient)
      .send(text)
      .catch((reason) => reason);
    expect(error.response.headers.get('retry-after')).toBeUndefined();
  });

  test('a server error is tried again, and its id is carried out then', async () => {
    await turn({ status5xx: 1 });
    const client = acs.client({
      retryOptions: impatient.retryOptions,
      additionalPolicies: [{ position: 'perRetry', policy: thenAllWell(() => acs, 1) }],
    });
    expect(await client.send(text)).toMatchObject([{ successful: true, repeatabilityResult: 'accepted' }]);
    expect(acs.carrier.sent()).toMatchObject([{ attempts: 2 }]);
  });

  test('a lost answer is a text that left: the next attempt gets the first one’s result', async () => {
    await turn({ lostAnswer: 1 });
    const client = acs.client({
      retryOptions: impatient.retryOptions,
      additionalPolicies: [{ position: 'perRetry', policy: thenAllWell(() => acs, 1) }],
    });
    const [result] = await client.send(text, { enableDeliveryReport: true });
    expect(acs.carrier.sent()).toMatchObject([{ messageId: result!.messageId, attempts: 2 }]);
    acs.timers.advance(0);
    await acs.settled();
    expect(acs.eventGrid.reports()).toHaveLength(1);
  });

  test('a timeout holds the request unlooked at until it is dropped', async () => {
    await turn({ timeout: 1 });
    const held = acs.timers.armed();
    const sending = acs.client({ retryOptions: { maxRetries: 0 } }).send(text);
    await held;
    acs.timers.advance(30_000);
    await expect(sending).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(acs.carrier.sent()).toEqual([]);
  });

  test('a held request does not keep the world from ending', async () => {
    await turn({ timeout: 1 });
    const held = acs.timers.armed();
    const sending = acs.client({ retryOptions: { maxRetries: 0 } }).send(text);
    await held;
    await Promise.all([acs.close(), expect(sending).rejects.toMatchObject({ code: 'ECONNRESET' })]);
    acs = await anAcs();
  });

  test('the same seed and the same texts bring the same mishaps', async () => {
    const outcomes = async (seed: number) => {
      acs = await anAcs({ turned: { seed, sms: { status429: 0.5 } } });
      const found: boolean[] = [];
      for (let number = 0; number < 20; number += 1) {
        const to = [`+142555501${String(number).padStart(2, '0')}`];
        const plain = acs.client({ ...impatient, ...withoutIds });
        found.push(
          await plain.send({ ...text, to }).then(
            () => true,
            () => false,
          ),
        );
      }
      await acs.close();
      return found;
    };
    const first = await outcomes(7);
    expect(first).toContain(true);
    expect(first).toContain(false);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
    acs = await anAcs();
  });
});

/** Turns the mishaps off after so many requests, as an outage that ends. */
const thenAllWell = (acs: () => TestAcs, requests: number) => {
  let seen = 0;
  return {
    name: 'outage-ends',
    sendRequest: async (request: never, next: (request: never) => Promise<never>) => {
      if (seen === requests) acs().dials.change({ sms: null });
      seen += 1;
      return next(request);
    },
  };
};

/** The SDK's random ids would make every run another one. */
const withoutIds = {
  additionalPolicies: [
    {
      position: 'perCall' as const,
      policy: {
        name: 'without-ids',
        sendRequest(request: { body?: unknown }, next: (request: never) => Promise<never>) {
          const body = JSON.parse(String(request.body));
          body.smsRecipients = body.smsRecipients.map(({ to }: { to: string }) => ({ to }));
          request.body = JSON.stringify(body);
          return next(request as never);
        },
      },
    },
  ],
};
