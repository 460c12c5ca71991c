import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultDials } from '../../../local/dials.ts';
import type { Delivery } from '../../../local/eventGrid/ledger.ts';
import { whatNext } from '../../../local/eventGrid/retry.ts';
import { retryWaits } from '../../../local/eventGrid/rules.ts';
import { anEvent, aWorld, deliveryOf, type World } from './aGrid.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** An event that always fails, tried until it has ended; the waits between its attempts. */
async function waitsUntilTheEnd(world: World): Promise<readonly number[]> {
  world.receiver.answerWith(() => ({ status: 500 }));
  await world.grid.publish(anEvent({ id: 'e' }));
  await world.grid.settled();
  for (let wait = world.time.untilNext(); wait !== undefined; wait = world.time.untilNext()) await world.pass(wait);
  const times = deliveryOf(world, 'e').attempts.map(({ at }) => Date.parse(at));
  return times.slice(1).map((time, index) => time - times[index]!);
}

describe('the schedule', () => {
  test('is the documented one, each wait longer by at most a tenth', async () => {
    const world = await aWorld();
    const waits = await waitsUntilTheEnd(world);
    const documented = [
      10 * second,
      30 * second,
      minute,
      5 * minute,
      10 * minute,
      30 * minute,
      hour,
      3 * hour,
      6 * hour,
      12 * hour,
    ];
    expect(retryWaits).toEqual(documented);
    expect(waits).toHaveLength(documented.length);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(documented[index]!);
      expect(wait).toBeLessThanOrEqual(documented[index]! * 1.1);
    }
  });

  test('ends at the time to live, which is looked at only when an attempt is due', async () => {
    const world = await aWorld();
    await waitsUntilTheEnd(world);
    // 22 h 46 min after 11 attempts the next one is due at 34 h 46 min, past 24 h.
    expect(deliveryOf(world, 'e')).toMatchObject({
      state: 'dead-lettered',
      deadLetterReason: 'MaxRetryDurationExceeded',
    });
    expect(deliveryOf(world, 'e').attempts).toHaveLength(11);
    expect(world.time.now() - Date.parse(world.grid.events()[0]!.publishedAt)).toBeGreaterThan(34 * hour);
  });

  test.each([
    ['time to live first', { ttlMinutes: 30, maxAttempts: 10 }, 6, 'MaxRetryDurationExceeded'],
    ['attempts first', { ttlMinutes: 30, maxAttempts: 5 }, 5, 'MaxDeliveryAttemptsExceeded'],
    ['a single attempt', { maxAttempts: 1 }, 1, 'MaxDeliveryAttemptsExceeded'],
  ])('the limit that is reached first wins: %s', async (_, subscription, attempts, reason) => {
    const world = await aWorld({ subscription });
    await waitsUntilTheEnd(world);
    expect(deliveryOf(world, 'e').deadLetterReason).toBe(reason);
    expect(deliveryOf(world, 'e').attempts).toHaveLength(attempts);
  });

  test('runs faster by the time scale, and so does the time to live', async () => {
    const world = await aWorld({ dials: { timeScale: 1_000 } });
    const [first, second] = await waitsUntilTheEnd(world);
    expect(first).toBeGreaterThanOrEqual(10);
    expect(first).toBeLessThanOrEqual(11);
    expect(second).toBeGreaterThanOrEqual(30);
    expect(deliveryOf(world, 'e')).toMatchObject({ deadLetterReason: 'MaxRetryDurationExceeded' });
    expect(deliveryOf(world, 'e').attempts).toHaveLength(11);
  });

  test('counts its deliveries in a header, from 0 or, by the switch, from 1', async () => {
    const world = await aWorld({ subscription: { maxAttempts: 3 } });
    await waitsUntilTheEnd(world);
    expect(world.receiver.deliveries.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1', '2']);
    world.turn({ switches: { deliveryCountFrom: 1 } });
    await world.grid.publish(anEvent());
    await world.grid.settled();
    expect(world.receiver.deliveries.at(-1)!.headers['aeg-delivery-count']).toBe('1');
  });

  test('ends when the endpoint recovers', async () => {
    const world = await aWorld();
    world.receiver.answerWith((_, count) => ({ status: count < 3 ? 503 : 202 }));
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    await world.pass(11 * second);
    await world.pass(33 * second);
    expect(deliveryOf(world, 'e')).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 503 }, { status: 503 }, { status: 202 }],
    });
    expect(world.time.untilNext()).toBeUndefined();
  });

  test.each([
    [408, false, 10 * second],
    [408, true, 2 * minute],
    [503, false, 10 * second],
    [503, true, 30 * second],
    [500, true, 10 * second],
  ])('after a %i with the switch for minimum waits at %s it waits %i ms', async (status, minimumWaits, wait) => {
    const world = await aWorld({ dials: { switches: { minimumWaits } } });
    world.receiver.answerWith(() => ({ status }));
    await world.grid.publish(anEvent());
    await world.grid.settled();
    expect(world.time.untilNext()).toBeGreaterThanOrEqual(wait);
    expect(world.time.untilNext()).toBeLessThanOrEqual(wait * 1.1);
  });
});

test('whatever comes back, an event waits for a time ahead, is delivered, or is given up for a reason', () => {
  const answers = fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    tries: fc.nat({ max: 29 }),
    chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    timeScale: fc.double({ min: 0.001, max: 1_000_000, noNaN: true }),
  });
  const property = fc.property(answers, ({ status, tries, chance, timeScale }) => {
    const delivery: Delivery = {
      next: { state: 'waiting', nextTryAt: 0 },
      attempts: [],
      tries,
      since: 0,
      onProbation: false,
    };
    const attempt = { at: 5, ms: 2, outcome: status >= 200 && status <= 204 ? 'Delivered' : 'Busy', status } as const;
    const subscription = { maxAttempts: 30, ttlMinutes: 1_440 };
    const next = whatNext(delivery, attempt, {
      subscription,
      dials: { ...defaultDials, timeScale },
      chance,
      copies: 0,
    });
    if (next.state === 'delivered') return attempt.outcome === 'Delivered';
    if (next.state === 'dead-lettered') return [400, 401, 403, 413].includes(status) || tries === 29;
    return attempt.outcome !== 'Delivered' && next.nextTryAt > 7;
  });
  fc.assert(property);
});
