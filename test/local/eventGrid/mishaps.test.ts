import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, deliveryOf, type World } from './aGrid.ts';

const names = Array.from({ length: 8 }, (_, index) => `e${index}`);
async function publishAll({ grid }: Pick<World, 'grid'>): Promise<void> {
  for (const id of names) await grid.publish(anEvent({ id }));
}
const arrived = ({ receiver }: Pick<World, 'receiver'>) => receiver.events().map(({ id }) => id);

describe('duplicates', () => {
  test('come as often as the dial says, once the event was delivered', async () => {
    const world = await aWorld({ dials: { eventGrid: { duplicate: 1, duplicateCount: 2 } } });
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled({ forGood: true });
    expect(arrived(world)).toEqual(['e', 'e', 'e']);
    expect(deliveryOf(world, 'e')).toMatchObject({ state: 'delivered', attempts: [{}, {}, {}] });
  });

  test('do not come of an event that failed', async () => {
    const world = await aWorld({ dials: { eventGrid: { duplicate: 1 } } });
    world.receiver.answerWith((_, count) => ({ status: count === 1 ? 500 : 200 }));
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    expect(arrived(world)).toEqual(['e']);
    await world.pass(11_000);
    expect(arrived(world)).toEqual(['e', 'e', 'e']);
  });

  test('that fail do not undo the delivery', async () => {
    const world = await aWorld({ dials: { eventGrid: { duplicate: 1 } } });
    world.receiver.answerWith((_, count) => ({ status: count === 1 ? 200 : 400 }));
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled({ forGood: true });
    expect(deliveryOf(world, 'e')).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }, { status: 400 }] });
    expect(world.grid.deadLetters()).toEqual([]);
  });

  test('are the same for the same seed, and others for another', async () => {
    const duplicated = async (seed: number) => {
      const world = await aWorld({ dials: { seed, eventGrid: { duplicate: 0.5 } } });
      await publishAll(world);
      await world.grid.settled({ forGood: true });
      return names.filter((name) => arrived(world).filter((id) => id === name).length === 2);
    };
    const first = await duplicated(1);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(names.length);
    expect(await duplicated(1)).toEqual(first);
    expect(await duplicated(2)).not.toEqual(first);
  });
});

describe('a delay', () => {
  test('holds new events back, and nothing is settled meanwhile', async () => {
    const world = await aWorld({ dials: { eventGrid: { delayMs: 400 } } });
    await world.grid.settled();
    await world.grid.publish(anEvent());
    let settled = false;
    const settling = world.grid.settled().then(() => {
      settled = true;
    });
    world.time.advance(399);
    expect([settled, arrived(world)]).toEqual([false, []]);
    world.time.advance(1);
    await settling;
    expect(arrived(world)).toHaveLength(1);
  });

  test('does not hold back retries', async () => {
    const world = await aWorld({ dials: { eventGrid: { delayMs: 400 } } });
    world.receiver.answerWith((_, count) => ({ status: count === 1 ? 500 : 200 }));
    await world.grid.publish(anEvent());
    await world.pass(400);
    expect(world.time.untilNext()).toBeLessThanOrEqual(11_000);
  });
});

test('reordering lets events of one window change places, the same way for the same seed', async () => {
  const order = async (seed: number) => {
    const world = await aWorld({ dials: { seed, eventGrid: { reorderMs: 1_000 } } });
    await world.grid.settled();
    await publishAll(world);
    for (let wait = world.time.untilNext(); wait !== undefined; wait = world.time.untilNext()) {
      world.time.advance(wait);
      await world.receiver.seen('deliveries', arrived(world).length + 1);
      if (arrived(world).length === names.length) await world.grid.settled();
      else await expect.poll(() => world.time.untilNext(), { interval: 1 }).toBeLessThanOrEqual(1_000);
    }
    return arrived(world);
  };
  const first = await order(1);
  expect([...first].sort()).toEqual(names);
  expect(first).not.toEqual(names);
  expect(await order(1)).toEqual(first);
  expect(await order(2)).not.toEqual(first);
});

describe('drops', () => {
  test('count as failed attempts that never reached the endpoint', async () => {
    const world = await aWorld({ dials: { eventGrid: { drop: 1 } }, subscription: { maxAttempts: 2 } });
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    expect(deliveryOf(world, 'e')).toMatchObject({
      state: 'waiting',
      attempts: [{ outcome: 'TimedOut', detail: 'lost on the way, by the dial' }],
    });
    await world.pass(11_000);
    expect(deliveryOf(world, 'e').deadLetterReason).toBe('MaxDeliveryAttemptsExceeded');
    expect(arrived(world)).toEqual([]);
    expect(world.log.filter(({ event }) => event === 'eventgrid.endpoint-down')).toEqual([]);
  });

  test('end when the dial is turned back', async () => {
    const world = await aWorld({ dials: { eventGrid: { drop: 1 } } });
    await world.grid.publish(anEvent({ id: 'e' }));
    await world.grid.settled();
    world.turn({ eventGrid: null });
    await world.pass(11_000);
    expect(deliveryOf(world, 'e').state).toBe('delivered');
  });

  test('hit each attempt by its own luck, the same for the same seed', async () => {
    const attempts = async () => {
      const world = await aWorld({ dials: { eventGrid: { drop: 0.5 }, switches: { probation: false } } });
      await publishAll(world);
      await world.grid.settled();
      for (let wait = world.time.untilNext(); wait !== undefined; wait = world.time.untilNext()) await world.pass(wait);
      expect(arrived(world).sort()).toEqual(names);
      return names.map((name) => deliveryOf(world, name).attempts.length);
    };
    const first = await attempts();
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await attempts()).toEqual(first);
  });
});
