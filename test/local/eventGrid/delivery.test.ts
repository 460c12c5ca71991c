import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, deliveryOf, topic } from './aGrid.ts';
import type { Reaction } from './receiver.ts';

describe('a delivery', () => {
  test('brings the event in an array, with the headers of Event Grid', async () => {
    const { grid, receiver } = await aWorld({ subscription: { deliveryHeaders: { 'x-secret': 's' } } });
    const event = anEvent();
    await grid.publish(event);
    await grid.settled();
    expect(receiver.deliveries).toHaveLength(1);
    expect(receiver.deliveries[0]).toMatchObject({
      method: 'POST',
      url: '/events',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': 'Notification',
        'aeg-subscription-name': 'SMSRECEIVED',
        'aeg-delivery-count': '0',
        'aeg-data-version': '1.0',
        'aeg-metadata-version': '1',
        'x-secret': 's',
      },
    });
    expect(JSON.parse(receiver.deliveries[0]!.body)).toEqual([{ ...event, topic, metadataVersion: '1' }]);
  });

  test('brings a CloudEvent as one object', async () => {
    const { grid, receiver } = await aWorld({ subscription: { schema: 'CloudEventSchemaV1_0' } });
    const event = anEvent();
    await grid.publish(event);
    await grid.settled();
    const { headers, body } = receiver.deliveries[0]!;
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-metadata-version': '1.0',
    });
    expect(headers).not.toHaveProperty('aeg-data-version');
    expect(JSON.parse(body)).toEqual({
      id: event.id,
      source: topic,
      subject: event.subject,
      type: event.eventType,
      time: event.eventTime,
      specversion: '1.0',
      data: event.data,
    });
  });

  test('goes to every subscription that wants the type and the subject, whatever their case', async () => {
    const { grid, receiver } = await aWorld({
      subscriptions: (url) => [
        { name: 'typed', endpoint: `${url}/typed`, eventTypes: ['microsoft.communication.SMSRECEIVED'] },
        { name: 'other-type', endpoint: `${url}/other-type`, eventTypes: ['Microsoft.Communication.IncomingCall'] },
        { name: 'subject', endpoint: `${url}/subject`, subjectBeginsWith: '/PhoneNumber/1800' },
        { name: 'other-subject', endpoint: `${url}/other-subject`, subjectBeginsWith: '/phonenumber/1425' },
        { name: 'all', endpoint: `${url}/all` },
      ],
    });
    await grid.publish(anEvent());
    await grid.settled();
    expect(receiver.deliveries.map(({ url }) => url).sort()).toEqual(['/all', '/subject', '/typed']);
    expect(grid.events()[0]!.deliveries.map(({ subscription, state }) => [subscription, state])).toEqual([
      ['typed', 'delivered'],
      ['subject', 'delivered'],
      ['all', 'delivered'],
    ]);
  });

  test('an event that nobody wants is shown all the same', async () => {
    const { grid } = await aWorld({ subscription: { eventTypes: [] } });
    await grid.publish(anEvent());
    await grid.settled();
    expect(grid.events()).toMatchObject([{ deliveries: [] }]);
  });
});

describe('what an answer means', () => {
  const delivered = { state: 'delivered', outcome: 'Delivered' };
  const again = (outcome: string) => ({ state: 'waiting', outcome });
  const final = (outcome: string, deadLetterReason: string) => ({ state: 'dead-lettered', outcome, deadLetterReason });
  const table: readonly (readonly [number, { state: string; outcome: string; deadLetterReason?: string }])[] = [
    [200, delivered],
    [201, delivered],
    [202, delivered],
    [203, delivered],
    [204, delivered],
    [205, again('Busy')],
    [206, again('Busy')],
    [302, again('Busy')],
    [304, again('Busy')],
    [400, final('BadRequest', 'UndeliverableDueToHttpBadRequest')],
    [401, final('Unauthorized', 'UndeliverableDueToHttpUnauthorized')],
    [403, final('Forbidden', 'UndeliverableDueToHttpForbidden')],
    [404, again('NotFound')],
    [405, again('Busy')],
    [408, again('TimedOut')],
    [409, again('Busy')],
    [410, again('Busy')],
    [413, final('PayloadTooLarge', 'UndeliverableDueToHttpRequestEntityTooLarge')],
    [415, again('Busy')],
    [422, again('Busy')],
    [429, again('Busy')],
    [500, again('Busy')],
    [501, again('Busy')],
    [502, again('Busy')],
    [503, again('Busy')],
    [504, again('TimedOut')],
  ];

  test.each(table)('%i: %j', async (status, { state, outcome, deadLetterReason }) => {
    const { grid, receiver } = await aWorld();
    receiver.answerWith(() => ({ status }));
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    expect(deliveryOf({ grid }, 'e')).toMatchObject({ state, deadLetterReason, attempts: [{ outcome, status }] });
    expect(grid.deadLetters()).toHaveLength(state === 'dead-lettered' ? 1 : 0);
  });

  test('a 403 is tried again where the switch says so', async () => {
    const { grid, receiver } = await aWorld({ dials: { switches: { forbiddenIsFinal: false } } });
    receiver.answerWith(() => ({ status: 403 }));
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    expect(deliveryOf({ grid }, 'e').state).toBe('waiting');
  });

  test('what the endpoint said to a failure is kept with the attempt, not in the log', async () => {
    const { grid, receiver, log } = await aWorld();
    receiver.answerWith(() => ({ status: 500, body: 'the text was: hours' }));
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    expect(deliveryOf({ grid }, 'e').attempts).toMatchObject([{ detail: 'the text was: hours' }]);
    expect(log).toContainEqual(expect.objectContaining({ level: 'warn', event: 'eventgrid.attempt-failed' }));
    expect(JSON.stringify(log)).not.toContain('hours');
  });

  test('an answer that takes 30 seconds is none', async () => {
    const { grid, receiver, time } = await aWorld();
    receiver.answerWith(() => 'hang');
    await grid.publish(anEvent({ id: 'e' }));
    await receiver.seen('deliveries', 1);
    time.advance(29_999);
    expect(deliveryOf({ grid }, 'e').attempts).toEqual([]);
    time.advance(1);
    await grid.settled();
    expect(deliveryOf({ grid }, 'e').attempts).toMatchObject([{ outcome: 'TimedOut', ms: 30_000 }]);
  });

  test('a broken connection is a failure', async () => {
    const { grid, receiver } = await aWorld();
    receiver.answerWith((): Reaction => 'reset');
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    expect(deliveryOf({ grid }, 'e')).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'SocketError' }] });
  });
});
