import { expect, test } from 'vitest';
import { rateLimiter } from '../../../local/acs/rateLimiter.ts';
import { anAcs, local, subscriber, tollFree } from './anAcs.ts';

test('as many fit into a minute as the limit says, and then it says when there is room', () => {
  let now = 0;
  const limiter = rateLimiter(() => now);
  expect(limiter.ask('a', 3, 5)).toBeUndefined();
  now = 10_000;
  expect(limiter.ask('a', 2, 5)).toBeUndefined();
  expect(limiter.ask('a', 1, 5)).toBe(50_000);
  expect(limiter.ask('b', 5, 5)).toBeUndefined();
});

test('refused requests count too, so that asking on and on only makes it longer', () => {
  let now = 0;
  const limiter = rateLimiter(() => now);
  limiter.ask('a', 1, 1);
  now = 59_000;
  expect(limiter.ask('a', 1, 1)).toBe(1_000);
  now = 60_000;
  expect(limiter.ask('a', 1, 1)).toBe(59_000);
});

test('what can never fit has to wait for a whole window', () => {
  expect(rateLimiter(() => 0).ask('a', 6, 5)).toBe(60_000);
});

test('nothing is remembered once it is cleared', () => {
  const limiter = rateLimiter(() => 0);
  limiter.ask('a', 1, 1);
  limiter.clear();
  expect(limiter.ask('a', 1, 1)).toBeUndefined();
});

const hundred = Array.from({ length: 100 }, (_, index) => `+1425556${String(index).padStart(4, '0')}`);

test('a toll-free number sends 200 texts a minute; a long code has no limit', async () => {
  const acs = await anAcs();
  for (const from of [tollFree, tollFree, local, local, local]) await acs.send({ from, to: hundred });
  const refused = await acs
    .client({ retryOptions: { maxRetries: 0 } })
    .send({ from: tollFree, to: [subscriber], message: 'hi' })
    .catch((reason) => reason);
  expect(refused).toMatchObject({ statusCode: 429 });
  expect(refused.response.headers.get('retry-after')).toBe('60');
  acs.timers.advance(60_000);
  expect(await acs.send({ from: tollFree })).toMatchObject([{ successful: true }]);
  await acs.close();
});

test('alphanumeric senders share one limit, and a dial lifts all of them', async () => {
  const acs = await anAcs({ numbers: ['Contoso', 'Fabrikam'] });
  for (const from of ['Contoso', 'Contoso', 'Contoso', 'Fabrikam', 'Fabrikam', 'Fabrikam']) {
    await acs.send({ from, to: hundred });
  }
  const again = () =>
    acs.client({ retryOptions: { maxRetries: 0 } }).send({ from: 'Contoso', to: [subscriber], message: 'hi' });
  await expect(again()).rejects.toMatchObject({ statusCode: 429 });
  acs.dials.change({ sms: { rateLimits: false } });
  expect(await again()).toMatchObject([{ successful: true }]);
  await acs.close();
});
