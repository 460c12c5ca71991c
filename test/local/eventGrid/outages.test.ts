import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, deliveryOf, type LogLine } from './aGrid.ts';
import { agree, aReceiver } from './receiver.ts';

const told = (log: readonly LogLine[]) =>
  log
    .filter(({ event }) => event.startsWith('eventgrid.endpoint-'))
    .map(({ event, fields }) => [event.slice(19), fields['message']]);

describe('an unreachable endpoint', () => {
  test('is told of once, in words, and once when it answers; its events arrive', async () => {
    const gone = await aReceiver();
    await gone.close();
    const port = Number(new URL(gone.url).port);
    const { grid, log, time } = await aWorld({
      receiver: gone,
      subscriptions: (url) =>
        ['one', 'two'].map((name) => ({ name: `the-${name}`, endpoint: `${url}/${name}?code=secret` })),
    });
    const asked = () => expect.poll(() => time.untilNext(), { interval: 5 }).toBe(1_000);
    await asked();
    await grid.publish(anEvent());
    for (let second = 0; second < 3; second += 1) {
      time.advance(1_000);
      await asked();
    }
    expect(told(log)).toEqual([
      [
        'down',
        expect.stringMatching(/^Nobody answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. .*Start the functions/),
      ],
    ]);

    const back = await aReceiver(port);
    time.advance(1_000);
    await grid.settled();
    expect(back.deliveries).toHaveLength(2);
    expect(told(log).slice(1)).toEqual([['up', expect.stringContaining('answers again')]]);
    expect(JSON.stringify(log)).not.toContain('secret');
    await back.close();
  });

  test('that goes away later is told of by the delivery that misses it', async () => {
    const world = await aWorld();
    await world.grid.settled();
    await world.receiver.close();
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    await world.pass(11_000);
    expect(told(world.log)).toHaveLength(1);
    expect(deliveryOf(world, 'e').attempts).toMatchObject([{ outcome: 'SocketError', detail: 'ECONNREFUSED' }, {}]);
    const back = await aReceiver(Number(new URL(world.receiver.url).port));
    await world.pass(33_000);
    expect(told(world.log)).toMatchObject([
      ['down', expect.anything()],
      ['up', expect.anything()],
    ]);
    expect(deliveryOf(world, 'e').state).toBe('delivered');
    await back.close();
  });

  test('may be one whose name nobody knows', async () => {
    const world = await aWorld({ subscription: { endpoint: 'http://nowhere.invalid/' } });
    await expect
      .poll(() => told(world.log), { timeout: 10_000 })
      .toEqual([['down', expect.stringContaining('nowhere.invalid')]]);
  });
});

test('an unknown function is told of once, by its name, and once when it is there', async () => {
  const receiver = await aReceiver();
  receiver.shakeHandsWith(() => ({ status: 404, body: "cannot find function: 'smsReceived'" }));
  const { grid, log, time } = await aWorld({
    receiver,
    subscription: { endpoint: `${receiver.url}/runtime/webhooks/eventgrid?functionName=smsReceived&code=secret` },
  });
  await grid.settled();
  for (const count of [2, 3]) {
    time.advance(1_000);
    await receiver.seen('handshakes', count);
    await grid.settled();
  }
  expect(told(log)).toEqual([['down', expect.stringMatching(/no smsReceived at .*registered under this very name\?/)]]);
  receiver.shakeHandsWith(agree);
  time.advance(1_000);
  await grid.settled();
  expect(told(log).slice(1)).toEqual([['up', 'smsReceived is there now.']]);
  expect(JSON.stringify(log)).not.toContain('secret');
});

describe('an endpoint that fails ten times in a row', () => {
  const failing = async (status: number, dials: unknown = {}) => {
    const world = await aWorld({ dials });
    world.receiver.answerWith(() => ({ status }));
    for (let count = 0; count < 10; count += 1) await world.grid.publish(anEvent());
    await world.grid.settled();
    return world;
  };

  test('gets nothing for a while, neither new events nor old ones', async () => {
    const world = await failing(404);
    const { grid, receiver, log } = world;
    expect(receiver.deliveries).toHaveLength(10);
    expect(log.filter(({ event }) => event === 'eventgrid.probation')).toHaveLength(1);
    await grid.publish(anEvent({ id: 'new' }));
    await world.pass(4 * 60_000);
    expect(receiver.deliveries).toHaveLength(10);
    expect(deliveryOf(world, 'new').nextTryAt).toBe('2026-11-24T02:05:00.000Z');
    receiver.answerWith(() => ({ status: 200 }));
    await world.pass(60_000);
    expect(grid.events().map(({ deliveries }) => deliveries[0]!.state)).toEqual(Array(11).fill('delivered'));
  });

  test('is left alone for as long as its outcome says: 10 seconds after a 500', async () => {
    const world = await failing(500);
    await world.grid.publish(anEvent());
    await world.pass(9_999);
    expect(world.receiver.deliveries).toHaveLength(10);
    await world.pass(1);
    expect(world.receiver.deliveries.length).toBeGreaterThan(10);
  });

  test('is believed again when somebody sets an event off by hand', async () => {
    const world = await failing(404);
    await world.grid.publish(anEvent({ id: 'new' }));
    await world.grid.settled();
    world.receiver.answerWith(() => ({ status: 200 }));
    world.grid.redeliver('new');
    await world.grid.settled();
    expect(deliveryOf(world, 'new').state).toBe('delivered');
  });

  test('an event whose time runs out meanwhile dies of the probation', async () => {
    const world = await aWorld({ subscription: { ttlMinutes: 5 } });
    world.receiver.answerWith(() => ({ status: 404 }));
    for (let count = 0; count < 10; count += 1) await world.grid.publish(anEvent());
    await world.grid.settled();
    await world.pass(300_000);
    expect(world.grid.deadLetters()[0]!.record).toMatchObject({
      deadLetterReason: 'MaxRetryDurationExceeded',
      lastDeliveryOutcome: 'Probation',
      deliveryAttempts: 1,
    });
  });

  test('is not held to account where the switch is off', async () => {
    const world = await failing(404, { switches: { probation: false } });
    await world.grid.publish(anEvent());
    await world.grid.settled();
    expect(world.receiver.deliveries).toHaveLength(11);
  });
});
