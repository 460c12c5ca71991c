import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, judgeRepeat, type RepeatTerms } from '../../../local/acs/repeatability.ts';
import type { SendRequest } from '../../../local/acs/sendRequest.ts';
import { anAcs, local, subscriber, type TestAcs } from './anAcs.ts';
import { repeatable, repeating } from './repeatable.ts';

const id = '793402d5-4941-41ca-bea9-aea0ee32c183';
const minute = 60_000;

describe('a repeated send', () => {
  let acs: TestAcs;

  beforeEach(async () => {
    acs = await anAcs();
  });
  afterEach(() => acs.close());

  const send = async (firstSent: number | string, { message = 'hello', as = id } = {}) => {
    const client = acs.client(repeatable);
    const [result] = await client.send({ from: local, to: [subscriber], message }, repeating(as, firstSent));
    return result!;
  };

  test('with the same id is one text, one report and the same result', async () => {
    const first = await send(acs.timers.now());
    acs.timers.advance(4 * minute);
    const second = await send(acs.timers.now() - 4 * minute);
    expect(second).toEqual(first);
    expect(acs.carrier.sent()).toMatchObject([{ repeatabilityId: id, attempts: 2, messageId: first.messageId }]);
    await acs.settled();
    expect(acs.eventGrid.reports()).toHaveLength(1);
  });

  test('with the same id in other letters is the same', async () => {
    await send(acs.timers.now());
    await send(acs.timers.now(), { as: id.toUpperCase() });
    expect(acs.carrier.sent()).toHaveLength(1);
  });

  test('with another text is rejected', async () => {
    await send(acs.timers.now());
    expect(await send(acs.timers.now(), { message: 'another' })).toMatchObject({
      httpStatusCode: 400,
      successful: false,
      repeatabilityResult: 'rejected',
    });
    expect(acs.carrier.sent()).toHaveLength(1);
  });

  test('outside the window is rejected, whether it was ever sent or not', async () => {
    const tooOld = acs.timers.now() - 5 * minute - 1_000;
    expect(await send(tooOld)).toMatchObject({ httpStatusCode: 412, repeatabilityResult: 'rejected' });
    expect(acs.carrier.sent()).toEqual([]);
  });

  test('within a window that a switch has made longer is answered', async () => {
    acs.dials.change({ switches: { repeatabilityWindowSeconds: 600 } });
    expect(await send(acs.timers.now() - 8 * minute)).toMatchObject({ successful: true });
  });

  test.each([
    ['an id that is no GUID', 'order-77', undefined],
    ['a date of another form', id, '2026-11-24T02:00:00Z'],
  ])('with %s is rejected', async (_, as, date) => {
    expect(await send(date ?? acs.timers.now(), { as })).toMatchObject({
      httpStatusCode: 400,
      repeatabilityResult: 'rejected',
    });
  });

  test('is in progress while the first is held, and carried out after', async () => {
    acs.dials.change({ sms: { timeout: 1 } });
    const client = acs.client({ ...repeatable, retryOptions: { maxRetries: 0 } });
    const held = acs.timers.armed();
    const first = client.send({ from: local, to: [subscriber], message: 'hello' }, repeating(id, acs.timers.now()));
    await held;
    acs.dials.change({ sms: null });
    expect(await send(acs.timers.now())).toMatchObject({ httpStatusCode: 409, repeatabilityResult: 'rejected' });
    acs.timers.advance(30_000);
    await expect(first).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await send(acs.timers.now() - 30_000)).toMatchObject({ successful: true });
    expect(acs.carrier.sent()).toMatchObject([{ attempts: 3 }]);
  });

  test('is a second text where the service ignores ids', async () => {
    acs.dials.change({ sms: { repeatability: false } });
    const first = await send(acs.timers.now());
    const second = await send(acs.timers.now());
    expect(second.messageId).not.toBe(first.messageId);
    expect(second).not.toHaveProperty('repeatabilityResult');
    expect(acs.carrier.sent()).toHaveLength(2);
  });

  test('of one id to two recipients is two texts', async () => {
    const request = { from: local, to: [subscriber, '+14255550124'], message: 'hello' };
    const results = await acs.client(repeatable).send(request, repeating(id, acs.timers.now()));
    expect(results.every(({ successful }) => successful)).toBe(true);
    expect(acs.carrier.sent()).toHaveLength(2);
  });
});

describe('the rules of repetition', () => {
  const at = Date.parse('2026-11-24T02:00:00Z');
  const request: SendRequest = {
    from: local,
    smsRecipients: [],
    message: 'hello',
    smsSendOptions: { enableDeliveryReport: true },
  };
  const recipient = {
    to: subscriber,
    repeatabilityRequestId: id,
    repeatabilityFirstSent: new Date(at).toUTCString(),
  };
  const terms: RepeatTerms = { now: at, window: 5 * minute, answered: () => undefined, inProgress: () => false };

  const first = judgeRepeat(request, recipient, terms);
  if (first?.type !== 'first') throw new Error('The example must be new.');
  const answered: Answered = { ...first.remember, result: { to: subscriber, httpStatusCode: 400, successful: false } };

  test('a refusal is remembered as well as a success', () => {
    expect(judgeRepeat(request, recipient, { ...terms, answered: () => answered })).toEqual({
      type: 'answered',
      result: answered.result,
    });
  });

  test('an id is forgotten when its window is over, and then it is new', () => {
    const later = at + 5 * minute + 1;
    const anew = { ...recipient, repeatabilityFirstSent: new Date(later).toUTCString() };
    const judged = judgeRepeat(request, anew, { ...terms, now: later, answered: () => answered });
    expect(judged).toMatchObject({ type: 'first' });
  });

  test('a date without an id is malformed; neither is nothing to judge', () => {
    const { repeatabilityRequestId: _, ...dateOnly } = recipient;
    expect(judgeRepeat(request, dateOnly, terms)).toMatchObject({ result: { httpStatusCode: 400 } });
    expect(judgeRepeat(request, { to: subscriber }, terms)).toBeUndefined();
  });

  test.each<[string, Partial<SendRequest>]>([
    ['the sender', { from: '+18005550100' }],
    ['the text', { message: 'hello!' }],
    ['the tag', { smsSendOptions: { enableDeliveryReport: true, tag: 'x' } }],
    ['the wish for a report', { smsSendOptions: { enableDeliveryReport: false } }],
  ])('%s is part of what must be the same', (_, change) => {
    const judged = judgeRepeat({ ...request, ...change }, recipient, { ...terms, answered: () => answered });
    expect(judged).toMatchObject({ result: { httpStatusCode: 400, repeatabilityResult: 'rejected' } });
  });
});
