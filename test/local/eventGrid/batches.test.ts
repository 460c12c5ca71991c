import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, type WorldOptions } from './aGrid.ts';

/** Events that lie ready when the endpoint agrees, so that they can travel together. */
async function gathered(events: readonly ReturnType<typeof anEvent>[], options: WorldOptions) {
  const world = await aWorld({ ...options, idle: true });
  for (const event of events) await world.grid.publish(event);
  world.grid.start();
  await world.receiver.seen('handshakes', 1);
  await world.pass(20);
  return world;
}
const many = (count: number) => Array.from({ length: count }, () => anEvent());
const sizes = ({ receiver }: Awaited<ReturnType<typeof aWorld>>) =>
  receiver.deliveries.map(({ body }) => JSON.parse(body).length).sort((a, b) => b - a);

describe('batching', () => {
  test('is off by default', async () => {
    expect(sizes(await gathered(many(3), {}))).toEqual([1, 1, 1]);
  });

  test('never exceeds the number of events', async () => {
    const world = await gathered(many(7), { subscription: { batch: { maxEvents: 3, preferredKb: 64 } } });
    expect(sizes(world)).toEqual([3, 3, 1]);
    expect(new Set(world.receiver.events().map(({ id }) => id)).size).toBe(7);
  });

  test('keeps to the preferred size, but lets a larger event travel alone', async () => {
    const large = () => anEvent({ data: 'x'.repeat(3_000) });
    const events = [anEvent(), anEvent(), large(), anEvent(), anEvent({ data: 'x'.repeat(10_000) })];
    const world = await gathered(events, { subscription: { batch: { maxEvents: 100, preferredKb: 4 } } });
    const ids = world.receiver.deliveries.map(({ body }) => JSON.parse(body).map(({ id }: { id: string }) => id));
    const [one, two, three, four, five] = events.map(({ id }) => id);
    expect(ids.sort((a, b) => b.length - a.length)).toEqual([[one, two, three], [four], [five]]);
  });

  test('gathers for a moment, so that events of one moment travel together', async () => {
    const world = await aWorld({ subscription: { batch: { maxEvents: 10, preferredKb: 64 } } });
    await world.grid.settled();
    for (const event of many(4)) await world.grid.publish(event);
    await world.pass(20);
    expect(sizes(world)).toEqual([4]);
  });

  test.each([
    [{ maxEvents: 2, preferredKb: 64 }, 'application/cloudevents-batch+json; charset=utf-8'],
    [{ maxEvents: 1, preferredKb: 64 }, 'application/cloudevents+json; charset=utf-8'],
  ])('of %j CloudEvents is sent as %s', async (batch, contentType) => {
    const world = await gathered(many(2), { subscription: { schema: 'CloudEventSchemaV1_0', batch } });
    expect(world.receiver.deliveries[0]!.headers['content-type']).toBe(contentType);
    expect(world.receiver.events()).toHaveLength(2);
  });

  test('is all or none: a batch that failed comes again as it was', async () => {
    const world = await gathered(many(3), { subscription: { batch: { maxEvents: 3, preferredKb: 64 } } });
    world.receiver.answerWith((_, count) => ({ status: count === 2 ? 500 : 202 }));
    for (const event of many(3)) await world.grid.publish(event);
    await world.pass(20);
    expect(world.grid.events().map(({ deliveries }) => deliveries[0]!.state)).toEqual([
      ...Array(3).fill('delivered'),
      ...Array(3).fill('waiting'),
    ]);
    world.time.advance(11_000);
    await world.grid.settled({ forGood: true });
    expect(sizes(world)).toEqual([3, 3, 3]);
    expect(world.receiver.deliveries[2]!.body).toBe(world.receiver.deliveries[1]!.body);
  });

  test('that is refused for good gives up every event in it', async () => {
    const world = await aWorld({ subscription: { batch: { maxEvents: 3, preferredKb: 64 } } });
    await world.grid.settled();
    world.receiver.answerWith(() => ({ status: 413 }));
    for (const event of many(3)) await world.grid.publish(event);
    await world.pass(20);
    expect(world.grid.deadLetters()).toHaveLength(3);
  });

  test('can be turned on by the dial, whatever the subscription says', async () => {
    expect(sizes(await gathered(many(5), { dials: { eventGrid: { batch: 4 } } }))).toEqual([4, 1]);
  });
});
