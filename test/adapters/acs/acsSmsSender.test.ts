import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen, shut } from '../../../local/listen.ts';
import { acsSmsSender } from '../../../shared/adapters/acs/acsSmsSender.ts';
import type { PhoneNumber } from '../../../shared/core/phoneNumbers.ts';
import type { OutgoingSms } from '../../../shared/sms/smsSender.ts';
import { anAcs, local, subscriber, type TestAcs } from '../../local/acs/anAcs.ts';

const clock = { now: Date.now };
const deadline = 5_000;
const sms = (more: Partial<OutgoingSms> = {}): OutgoingSms => ({
  from: local as PhoneNumber,
  to: subscriber as PhoneNumber,
  text: 'We are open 9 to 5.',
  tag: 'a-tag',
  repeatabilityId: '793402d5-4941-81ca-aea9-aea0ee32c183',
  firstSentAt: Date.now() - 10_000,
  ...more,
});

let acs: TestAcs;
beforeEach(async () => {
  acs = await anAcs();
});
afterEach(() => acs.close());

test('a text leaves under our own repeatability id and tag', async () => {
  const outcome = await acsSmsSender(acs, clock).send(sms(), deadline);
  const [sent] = acs.carrier.sent();
  expect(outcome).toEqual({ type: 'accepted', providerId: sent?.messageId });
  expect(sent).toMatchObject({ tag: 'a-tag', repeatabilityId: sms().repeatabilityId, message: sms().text });
});

test('a second send under the same id, from another process, is the first one', async () => {
  const same = sms();
  const first = await acsSmsSender(acs, clock).send(same, deadline);
  const second = await acsSmsSender(acs, clock).send(same, deadline);
  expect(second).toEqual(first);
  expect(acs.carrier.sent()).toMatchObject([{ attempts: 2 }]);
});

test('an id whose first send is out of the window is told from a refusal', async () => {
  const outcome = await acsSmsSender(acs, clock).send(sms({ firstSentAt: Date.now() - 301_000 }), deadline);
  expect(outcome.type).toBe('window-over');
  expect(acs.carrier.sent()).toEqual([]);
});

test('a rejected key has not sent, and needs a person', async () => {
  const wrong = acs.connectionString.replace(/accesskey=.*/, `accesskey=${Buffer.from('wrong').toString('base64')}`);
  const outcome = await acsSmsSender({ connectionString: wrong }, clock).send(sms(), deadline);
  expect(outcome).toMatchObject({ type: 'refused-for-now', code: 'request-401', alarm: true });
});

test('a throttled send has not sent; it is not tried again within the call, whatever Retry-After says', async () => {
  acs.dials.change({ sms: { status429: 1, retryAfterSeconds: 7 } });
  const outcome = await acsSmsSender(acs, clock).send(sms(), deadline);
  expect(outcome).toMatchObject({ type: 'refused-for-now', code: 'request-429', retryAfter: 7_000, alarm: false });
});

test('a number that is none is refused for good', async () => {
  const outcome = await acsSmsSender(acs, clock).send(sms({ to: '12' as PhoneNumber }), deadline);
  expect(outcome).toMatchObject({ type: 'refused', optedOut: false });
});

test('a lost answer may have sent', async () => {
  acs.dials.change({ sms: { lostAnswer: 1 } });
  const outcome = await acsSmsSender(acs, clock).send(sms(), deadline);
  expect(outcome.type).toBe('ambiguous');
  expect(acs.carrier.sent()).toHaveLength(1);
});

test('an answer that does not come within the deadline may have sent', async () => {
  const silent = createServer(() => {});
  const port = await listen(silent, 0);
  const outcome = await acsSmsSender(
    { connectionString: `endpoint=http://127.0.0.1:${port}/;accesskey=a2V5` },
    clock,
  ).send(sms(), 50);
  expect(outcome).toEqual({ type: 'ambiguous', reason: 'no answer came in time.' });
  await shut(silent);
});

test('an answer that breaks off may have sent', async () => {
  const broken = createServer((_, response) => {
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"value":[{"to":');
  });
  const port = await listen(broken, 0);
  const outcome = await acsSmsSender(
    { connectionString: `endpoint=http://127.0.0.1:${port}/;accesskey=a2V5` },
    clock,
  ).send(sms(), deadline);
  expect(outcome.type).toBe('ambiguous');
  await shut(broken);
});

test('a provider that is not there has not sent', async () => {
  await acs.close();
  const outcome = await acsSmsSender(acs, clock).send(sms(), deadline);
  expect(outcome).toMatchObject({ type: 'refused-for-now', code: 'ECONNREFUSED' });
  acs = await anAcs();
});
