import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anAcs, local, subscriber, type TestAcs, tollFree } from '../acs/anAcs.ts';

describe('a text that comes in', () => {
  let acs: TestAcs;

  beforeEach(async () => {
    acs = await anAcs();
  });
  afterEach(() => acs.close());

  test('is an event of ACS', async () => {
    const { messageId } = await acs.carrier.text(subscriber, tollFree, 'Grüße €');
    const receivedTimestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    expect(messageId).toMatch(/^Incoming_\d{14}[0-9a-f-]{36}$/);
    expect(acs.eventGrid.published).toEqual([
      {
        id: messageId,
        subject: '/phonenumber/18005550100',
        eventType: 'Microsoft.Communication.SMSReceived',
        eventTime: receivedTimestamp,
        dataVersion: '1.0',
        data: {
          messageId,
          from: '14255550123',
          to: '18005550100',
          message: 'Grüße €',
          receivedTimestamp,
          segmentCount: 1,
        },
      },
    ]);
  });

  test('has numbers with "+" where the switch says so', async () => {
    acs.dials.change({ switches: { numbersWithoutPlus: false } });
    await acs.carrier.text(subscriber, tollFree, 'hours');
    expect(acs.eventGrid.published[0]?.data).toMatchObject({ from: subscriber, to: tollFree });
  });

  test('may name its numbers without "+"', async () => {
    await acs.carrier.text('14255550123', '18005550100', 'hours');
    expect(acs.eventGrid.published).toHaveLength(1);
  });

  test('counts its segments', async () => {
    await acs.carrier.text(subscriber, tollFree, '…'.repeat(71));
    expect(acs.eventGrid.published[0]?.data['segmentCount']).toBe(2);
  });

  test('never has the timestamp of another, and the order can be read off them', async () => {
    for (let text = 0; text < 20; text += 1) await acs.carrier.text(subscriber, tollFree, `${text}`);
    acs.timers.advance(1);
    await acs.carrier.text(subscriber, tollFree, 'last');
    const stamps = acs.eventGrid.published.map(({ data }) => String(data['receivedTimestamp']));
    expect(new Set(stamps).size).toBe(21);
    expect([...stamps].sort()).toEqual(stamps);
  });

  test.each([
    [
      'to a number that is not ours',
      subscriber,
      '+14255550177',
      `"to" must be one of our numbers that can be texted: ${tollFree}, ${local}`,
    ],
    ['to no number', subscriber, '#', 'It is "#".'],
    ['from one of ours', local, tollFree, '"from" must be a subscriber'],
    ['from a number that cannot be', '+1425555012', tollFree, '"from" must be a subscriber'],
  ])('%s is refused in words', async (_, from, to, words) => {
    await expect(acs.carrier.text(from, to, 'hours')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(words),
    });
    expect(acs.eventGrid.published).toEqual([]);
  });
});

describe('a word that a carrier or ACS watches for', () => {
  const shortCode = '12345';
  const canadian = { number: '54321', kind: 'short-code' } as const;
  const numbers = [tollFree, local, shortCode, canadian];
  let acs: TestAcs;
  afterEach(() => acs.close());

  const told = () => acs.carrier.notices({ to: subscriber }).map(({ message }) => message.slice(0, 24));
  const statuses = () => acs.carrier.sent({ to: subscriber }).map(({ status }) => status);
  const wanted = { enableDeliveryReport: true };

  test.each([
    ['STOP', tollFree, true],
    [' stop ', tollFree, true],
    ['STOP', shortCode, true],
    ['STOP', canadian.number, false],
    ['STOP', local, false],
    ['CANCEL', tollFree, false],
    ['please stop', tollFree, false],
  ])('%j to %s: blocked and answered is %j', async (word, service, acts) => {
    acs = await anAcs({ numbers });
    await acs.carrier.text(subscriber, service, word);
    await acs.send({ from: service });
    acs.timers.advance(0);
    await acs.settled();
    expect(statuses()).toEqual([acts ? 'blocked' : 'delivered']);
    expect(acs.carrier.notices()).toHaveLength(acts ? 1 : 0);
    expect(acs.eventGrid.published).toHaveLength(1);
  });

  test('blocks this pair alone', async () => {
    acs = await anAcs();
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    await acs.send({ from: tollFree, to: ['+14255550124'] });
    await acs.send({ from: local });
    acs.timers.advance(0);
    await acs.settled();
    expect(acs.carrier.sent().map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  test.each(['START', 'unstop'])('lifts it again: %s', async (word) => {
    acs = await anAcs();
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    await acs.carrier.text(subscriber, tollFree, word);
    await acs.send({ from: tollFree });
    acs.timers.advance(0);
    await acs.settled();
    expect(statuses()).toEqual(['delivered']);
    expect(told()).toEqual(['NETWORK MSG: You replied', 'NETWORK MSG: You replied']);
  });

  test('HELP to a short code of the US is answered by ACS and blocks nothing', async () => {
    acs = await anAcs({ numbers });
    await acs.carrier.text(subscriber, shortCode, 'HELP');
    await acs.send({ from: shortCode });
    expect(told()).toHaveLength(1);
    expect(statuses()).toEqual(['accepted']);
  });

  test('makes a send an accepted one that fails with 4007, by default', async () => {
    acs = await anAcs();
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    expect(await acs.send({ from: tollFree }, wanted)).toMatchObject([{ successful: true, httpStatusCode: 202 }]);
    acs.timers.advance(0);
    await acs.settled();
    expect(acs.eventGrid.reports()[0]?.data).toMatchObject({
      deliveryStatus: 'Failed',
      deliveryStatusDetails: 'Sender blocked for given recipient.',
    });
  });

  test('or makes it one that is refused at once', async () => {
    acs = await anAcs({ turned: { switches: { blockedSends: 'refused' } } });
    await acs.carrier.text(subscriber, tollFree, 'STOP');
    expect(await acs.send({ from: tollFree }, wanted)).toMatchObject([
      { successful: false, httpStatusCode: 400, errorMessage: 'Sender blocked for given recipient.' },
    ]);
    expect(acs.carrier.sent()).toEqual([]);
  });
});
