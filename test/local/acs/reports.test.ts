import { afterEach, describe, expect, test } from 'vitest';
import { anAcs, local, subscriber, type TestAcs } from './anAcs.ts';

const wanted = { enableDeliveryReport: true, tag: 'order-77' };

describe('a delivery report', () => {
  let acs: TestAcs;
  afterEach(() => acs.close());

  const settle = async (ms = 0) => {
    acs.timers.advance(ms);
    await acs.settled();
    return acs.eventGrid.reports().map(({ data }) => data);
  };

  test('bears the id and the tag of its send', async () => {
    acs = await anAcs();
    const [result] = await acs.send({ message: 'Grüße €' }, wanted);
    await settle();
    const messageId = result!.messageId!;
    const precise = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    expect(acs.eventGrid.published).toEqual([
      {
        id: messageId,
        subject: '/phonenumber/14255550100',
        eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
        eventTime: precise,
        dataVersion: '1.0',
        data: {
          messageId,
          from: '14255550100',
          to: subscriber,
          deliveryStatus: 'Delivered',
          deliveryStatusDetails: 'No error.',
          receivedTimestamp: precise,
          deliveryAttempts: [{ timestamp: precise, segmentsSucceeded: 1, segmentsFailed: 0 }],
          tag: 'order-77',
        },
      },
    ]);
    expect(acs.carrier.sent()).toMatchObject([{ messageId, status: 'delivered', tag: 'order-77' }]);
  });

  test('comes only if it was asked for; the text is delivered all the same', async () => {
    acs = await anAcs();
    await acs.send();
    expect(await settle()).toEqual([]);
    expect(acs.carrier.sent()).toMatchObject([{ status: 'delivered' }]);
  });

  test('comes as late as the dial says', async () => {
    acs = await anAcs({ turned: { sms: { reportDelayMs: 5_000 } } });
    await acs.send({}, wanted);
    acs.timers.advance(4_999);
    expect(acs.eventGrid.reports()).toEqual([]);
    expect(acs.carrier.sent()).toMatchObject([{ status: 'accepted' }]);
    expect(await settle(1)).toHaveLength(1);
  });

  test.each([
    ['goes missing', { reportMissing: 1 }, 0],
    ['comes twice', { reportDuplicate: 1 }, 2],
    ['goes missing before it could come twice', { reportMissing: 1, reportDuplicate: 1 }, 0],
  ])('%s with its dial', async (_, sms, times) => {
    acs = await anAcs({ turned: { sms } });
    await acs.send({}, wanted);
    const reports = await settle();
    expect(reports).toHaveLength(times);
    expect(new Set(reports.map(({ messageId }) => messageId)).size).toBe(Math.min(times, 1));
  });

  test('says why a text failed', async () => {
    acs = await anAcs({ turned: { sms: { reportFailed: { probability: 1, details: '4005' } } } });
    await acs.send({ message: 'x'.repeat(200) }, wanted);
    expect(await settle()).toMatchObject([
      {
        deliveryStatus: 'Failed',
        deliveryStatusDetails: '4005',
        deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 2 }],
      },
    ]);
    expect(acs.carrier.sent()).toMatchObject([{ status: 'failed', details: '4005' }]);
  });

  test('reads as the switches say', async () => {
    const switches = { subjectNumber: 'subscriber', numbersWithoutPlus: false, tagCase: 'Tag' };
    acs = await anAcs({ turned: { switches } });
    await acs.send({}, wanted);
    expect(await settle()).toMatchObject([{ from: local, to: subscriber, Tag: 'order-77' }]);
    expect(acs.eventGrid.published[0]?.subject).toBe('/phonenumber/14255550123');
  });

  test('that Event Grid does not take is told in the log, and the text is settled', async () => {
    acs = await anAcs({ eventGrid: anEventGridThatFails });
    await acs.send({}, wanted);
    await settle();
    expect(acs.log).toEqual([{ event: 'acs.report-unpublished', reason: 'Error: no room' }]);
    expect(acs.carrier.sent()).toMatchObject([{ status: 'delivered' }]);
  });
});

const anEventGridThatFails = {
  publish: () => Promise.reject(new Error('no room')),
  since: () => ({ events: [], whole: true, cursor: '' }),
  redeliver: () => 0,
  deadLetters: () => [],
  clear: () => undefined,
  handle: () => undefined,
};
