import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, deliveryOf, topic } from './aGrid.ts';

describe('a dead letter', () => {
  test('is the event and why it was given up', async () => {
    const { grid, receiver, log } = await aWorld();
    receiver.answerWith(() => ({ status: 400 }));
    const event = anEvent();
    await grid.publish(event);
    await grid.settled();
    expect(grid.deadLetters()).toEqual([
      {
        subscription: 'SMSRECEIVED',
        record: {
          ...event,
          topic,
          metadataVersion: '1',
          deadLetterReason: 'UndeliverableDueToHttpBadRequest',
          deliveryAttempts: 1,
          lastDeliveryOutcome: 'BadRequest',
          lastHttpStatusCode: 400,
          publishTime: '2026-11-24T02:00:00.000Z',
          lastDeliveryAttemptTime: '2026-11-24T02:00:00.000Z',
        },
      },
    ]);
    expect(log).toContainEqual({
      level: 'error',
      event: 'eventgrid.dead-lettered',
      fields: expect.objectContaining({ eventId: event.id, reason: 'UndeliverableDueToHttpBadRequest' }),
    });
  });

  test('of a CloudEvent has its names in lower case', async () => {
    const { grid, receiver, pass } = await aWorld({ subscription: { schema: 'CloudEventSchemaV1_0', maxAttempts: 2 } });
    receiver.answerWith(() => ({ status: 404 }));
    const event = anEvent();
    await grid.publish(event);
    await grid.settled();
    await pass(11_000);
    const [deadLetter] = grid.deadLetters();
    expect(deadLetter!.record).toMatchObject({
      id: event.id,
      source: topic,
      type: event.eventType,
      deadletterreason: 'MaxDeliveryAttemptsExceeded',
      deliveryattempts: 2,
      lastdeliveryoutcome: 'NotFound',
      lasthttpstatuscode: 404,
      publishtime: '2026-11-24T02:00:00.000Z',
    });
    expect(Object.keys(deadLetter!.record).filter((name) => name !== name.toLowerCase())).toEqual([]);
  });

  test('of an event that was never tried says nothing of a last attempt', async () => {
    const { grid, time } = await aWorld({ idle: true, subscription: { ttlMinutes: 1 } });
    await grid.publish(anEvent());
    time.advance(60_000);
    grid.start();
    await grid.settled();
    expect(grid.deadLetters()[0]!.record).toMatchObject({
      deadLetterReason: 'MaxRetryDurationExceeded',
      deliveryAttempts: 0,
      lastDeliveryOutcome: undefined,
      lastDeliveryAttemptTime: undefined,
    });
  });
});

describe('setting an event off again', () => {
  test('takes a dead letter back, with its limits anew', async () => {
    const world = await aWorld({ subscription: { maxAttempts: 2, ttlMinutes: 1 } });
    const { grid, receiver } = world;
    receiver.answerWith((_, count) => ({ status: count === 1 ? 400 : count === 2 ? 500 : 200 }));
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    await world.pass(3_600_000);
    expect(grid.redeliver('e')).toBe(1);
    await grid.settled();
    expect(grid.deadLetters()).toEqual([]);
    expect(deliveryOf(world, 'e').state).toBe('waiting');
    await world.pass(11_000);
    expect(deliveryOf(world, 'e').state).toBe('delivered');
    expect(receiver.deliveries.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '0', '1']);
  });

  test('brings a delivered event once more, to every subscription that had it', async () => {
    const { grid, receiver } = await aWorld({
      subscriptions: (url) => ['one', 'two'].map((name) => ({ name: `the-${name}`, endpoint: `${url}/${name}` })),
    });
    await grid.publish(anEvent({ id: 'e' }));
    await grid.settled();
    expect(grid.redeliver('e')).toBe(1);
    await grid.settled();
    expect(receiver.deliveries.map(({ url }) => url).sort()).toEqual(['/one', '/one', '/two', '/two']);
  });

  test('knows when there is no such event', async () => {
    const { grid } = await aWorld();
    expect(grid.redeliver('nothing')).toBe(0);
  });

  test('brings a waiting event at once', async () => {
    const world = await aWorld();
    world.receiver.answerWith((_, count) => ({ status: count === 1 ? 500 : 200 }));
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    world.grid.redeliver('e');
    await world.grid.settled({ forGood: true });
    expect(deliveryOf(world, 'e').state).toBe('delivered');
  });
});
