import { CommunicationIdentityClient } from '@azure/communication-identity';
import { afterEach, describe, expect, test } from 'vitest';
import { limits } from '../../../local/acs/identity/rules.ts';
import { anAcs, type TestAcs } from './anAcs.ts';

let acs: TestAcs;
afterEach(() => acs.close());

const turn = async (identity: object, switches = {}) => {
  acs = await anAcs({ turned: { identity, switches } });
};

/** No test waits: the SDK's retries come at once. The mishaps end after so many requests, as an outage does. */
function client(outage = Number.POSITIVE_INFINITY, maxRetries = 3) {
  let seen = 0;
  const sendRequest = (request: never, next: (request: never) => Promise<never>) => {
    if (seen === outage) acs.dials.change({ identity: null });
    seen += 1;
    return next(request);
  };
  return new CommunicationIdentityClient(acs.connectionString, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
    additionalPolicies: [{ position: 'perRetry', policy: { name: 'outage-ends', sendRequest } }],
  } as never);
}

const identities = async () => {
  const response = await fetch(`${acs.url}/admin/identities`);
  return ((await response.json()) as { identities: readonly { tokens: readonly unknown[] }[] }).identities;
};

describe('a mishap', () => {
  test('a 429 without Retry-After is not tried again by the SDK', async () => {
    await turn({ status429: 1 });
    await expect(client(1).createUser()).rejects.toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(await identities()).toEqual([]);
  });

  test('a 429 with Retry-After is', async () => {
    await turn({ status429: 1, retryAfterSeconds: 0 });
    await client(2).createUser();
    expect(await identities()).toHaveLength(1);
  });

  test('a server error is tried again, and made nothing', async () => {
    await turn({ status5xx: 1 });
    await client(2).createUserAndToken(['chat']);
    expect(await identities()).toMatchObject([{ tokens: [{}] }]);
  });

  test('a server error that lasts names the dial', async () => {
    await turn({ status5xx: 1 });
    await expect(client().createUser()).rejects.toMatchObject({
      statusCode: 500,
      code: 'InternalServerError',
      message: expect.stringContaining('identity.status5xx'),
    });
  });

  test('a lost answer leaves what nobody was told of: the SDK’s next attempt makes a second', async () => {
    await turn({ lostAnswer: 1 });
    await client(1).createUserAndToken(['chat']);
    expect(await identities()).toMatchObject([{ tokens: [{}] }, { tokens: [{}] }]);
  });

  test('a deletion whose answer was lost is done, and its repetition no error', async () => {
    await turn({});
    const user = await client().createUser();
    acs.dials.change({ identity: { lostAnswer: 1 } });
    await client(1).deleteUser(user);
    expect(await identities()).toMatchObject([{ deletedAt: expect.any(String) }]);
  });

  test('a timeout holds the request unlooked at until it is dropped', async () => {
    await turn({ timeout: 1 });
    const held = acs.timers.armed();
    const creating = client(Number.POSITIVE_INFINITY, 0).createUser();
    await held;
    acs.timers.advance(30_000);
    await expect(creating).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await identities()).toEqual([]);
  });

  test('the same seed brings the same mishaps, and texts draw others', async () => {
    const outcomes = async (seed: number) => {
      acs = await anAcs({ turned: { seed, identity: { status429: 0.5 } } });
      await acs.send();
      const found: boolean[] = [];
      for (let request = 0; request < 20; request += 1)
        found.push(
          await client()
            .createUser()
            .then(
              () => true,
              () => false,
            ),
        );
      await acs.close();
      return found;
    };
    const first = await outcomes(7);
    expect(new Set(first).size).toBe(2);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
    acs = await anAcs();
  });
});

describe('the limit of an operation', () => {
  test('is the service’s, for 30 seconds, and says when there is room', async () => {
    await turn({});
    const user = await client().createUser();
    const revoke = () => client(Number.POSITIVE_INFINITY, 0).revokeTokens(user);
    for (let batch = 0; batch < limits.revoke / 50; batch += 1) await Promise.all(Array.from({ length: 50 }, revoke));
    acs.timers.advance(10_000);
    const error = await revoke().catch((reason) => reason);
    expect(error).toMatchObject({ statusCode: 429 });
    expect(error.response.headers.get('retry-after')).toBe('20');
    await client().createUser();
    acs.timers.advance(20_000);
    await revoke();
  });

  test('can be switched off', async () => {
    await turn({ rateLimits: false });
    const user = await client().createUser();
    const revoke = () => client(Number.POSITIVE_INFINITY, 0).revokeTokens(user);
    for (let batch = 0; batch <= limits.revoke / 50; batch += 1) await Promise.all(Array.from({ length: 50 }, revoke));
  });
});
