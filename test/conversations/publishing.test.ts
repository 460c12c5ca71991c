import { describe, expect, test } from 'vitest';
import { conversationIdOf, entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { messageReceived, type OwnEvent } from '../../shared/conversations/ownEvents.ts';
import { ownEvents, parseWaiting, type TopicFailure, type Waiting } from '../../shared/conversations/publishing.ts';
import { AppError } from '../../shared/core/errors.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { local, subscriber, testSettings } from '../support/smsValues.ts';

const start = 1_795_485_600_000;
const minute = 60_000;
const hour = 60 * minute;

const anEvent = (messageId = 'm1'): OwnEvent => {
  const at = ticksOf(start);
  const key = entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId }));
  const conversation = conversationIdOf(testSettings.conversationKey, local, subscriber);
  return messageReceived(
    { conversation, service: local, subscriber },
    { key, at, text: 'a private matter', keyword: undefined },
  );
};

/** A topic that does as it is told, wakes that come when they are called for, and a clock that is moved. */
function aWorld({ texts = true, topic = true }: { readonly texts?: boolean; readonly topic?: boolean } = {}) {
  let now = start;
  const world = {
    failure: undefined as TopicFailure | undefined,
    queueFails: false,
    sent: [] as (readonly OwnEvent[])[],
    armed: [] as { readonly tell: Waiting; readonly at: number }[],
    kept: [] as { readonly event: unknown; readonly reason: string }[],
    logged: [] as unknown[],
  };
  const events = ownEvents({
    topic: topic
      ? {
          async send(told) {
            world.sent.push(told);
            return world.failure;
          },
        }
      : undefined,
    texts,
    wakes: {
      async arm({ tell }, at) {
        if (world.queueFails) throw new AppError('storage-failed', 'The queue does not answer.');
        world.armed.push({ tell: parseWaiting(JSON.parse(JSON.stringify(tell)))!, at });
      },
    },
    dropped: { keep: async (event, reason) => void world.kept.push({ event, reason }) },
    clock: { now: () => now },
    log: (level, event, fields) => void world.logged.push({ level, event, ...fields }),
  });
  return Object.assign(world, {
    events,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    /** Lets time pass until the next wake is due and answers it. */
    async wake() {
      const next = world.armed.shift();
      if (next === undefined) throw new Error('no wake is armed');
      now = Math.max(now, next.at);
      await events.publishAgain(next.tell);
    },
  });
}

const down: TopicFailure = { reason: 'The topic answered 503.', alarm: false };
const locked: TopicFailure = { reason: 'The topic answered 401 Unauthorized.', alarm: true };

test('a topic that is well is told in one request, and nothing waits', async () => {
  const world = aWorld();
  await world.events.publish(() => [anEvent('m1'), anEvent('m2')]);
  expect(world.sent).toEqual([[anEvent('m1'), anEvent('m2')]]);
  expect([world.armed, world.logged]).toEqual([[], []]);
});

test('where there is no topic, events are not even made', async () => {
  const world = aWorld({ topic: false });
  await world.events.publish(() => {
    throw new Error('made');
  });
});

test('nothing to tell is no request', async () => {
  const world = aWorld();
  await world.events.publish(async () => []);
  expect(world.sent).toEqual([]);
});

test('without the setting no text leaves, nor waits in a queue, nor is dropped', async () => {
  const world = aWorld({ texts: false });
  world.failure = locked;
  await world.events.publish(() => [anEvent()]);
  world.pass(24 * hour);
  const armed = JSON.stringify(world.armed);
  await world.wake();
  expect(world.kept).toHaveLength(1);
  expect(JSON.stringify([world.sent, armed, world.kept, world.logged])).not.toContain('private');
});

describe('a topic that fails', () => {
  test('stops nothing: its events wait, and are told when it is back, as they were', async () => {
    const world = aWorld();
    world.failure = down;
    await world.events.publish(() => [anEvent()]);
    expect(world.armed).toMatchObject([{ at: start + 30_000, tell: { since: start, tries: 1 } }]);
    world.failure = undefined;
    await world.wake();
    expect(world.sent).toEqual([[anEvent()], [anEvent()]]);
    expect(world.armed).toEqual([]);
  });

  test('is not waited for by every text: it is left alone for half a minute, then asked by one', async () => {
    const world = aWorld();
    world.failure = down;
    await world.events.publish(() => [anEvent('m1')]);
    world.pass(29_999);
    await world.events.publish(() => [anEvent('m2')]);
    expect([world.sent.length, world.armed.length]).toEqual([1, 2]);
    world.pass(1);
    await Promise.all(['m3', 'm4', 'm5'].map((id) => world.events.publish(() => [anEvent(id)])));
    expect([world.sent.length, world.armed.length]).toEqual([2, 5]);
  });

  test('is asked by all again once it took something', async () => {
    const world = aWorld();
    world.failure = down;
    await world.events.publish(() => [anEvent('m1')]);
    world.failure = undefined;
    await world.wake();
    await world.events.publish(() => [anEvent('m2')]);
    await world.events.publish(() => [anEvent('m3')]);
    expect(world.sent).toHaveLength(4);
    expect(world.armed).toEqual([]);
  });

  test('is asked ever less often, at least every half hour', async () => {
    const world = aWorld();
    world.failure = down;
    await world.events.publish(() => [anEvent()]);
    const waits = [];
    for (let n = 0; n < 8; n++) {
      const before = world.now();
      await world.wake();
      waits.push((world.now() - before) / minute);
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
  });

  test('for a day leaves its events in `dropped`, each whole, and calls for a person', async () => {
    const world = aWorld();
    world.failure = locked;
    await world.events.publish(() => [anEvent('m1'), anEvent('m2')]);
    while (world.armed.length > 0) await world.wake();
    expect(world.now() - start).toBeGreaterThanOrEqual(24 * hour);
    expect(world.kept.map(({ event }) => event)).toEqual([anEvent('m1'), anEvent('m2')]);
    expect(world.logged.at(-1)).toMatchObject({ level: 'error', event: 'events.dropped', count: 2, alarm: true });
  });

  test('is told in the log with what has to be mended, once for each try', async () => {
    const world = aWorld();
    world.failure = locked;
    for (const id of ['m1', 'm2']) await world.events.publish(() => [anEvent(id)]);
    expect(world.logged).toEqual([{ level: 'warn', event: 'events.not-taken', count: 1, ...locked }]);
  });

  test('while our own queue fails too, makes whatever is handled come again', async () => {
    const world = aWorld();
    world.failure = down;
    world.queueFails = true;
    await expect(world.events.publish(() => [anEvent()])).rejects.toMatchObject({
      code: 'storage-failed',
      retryable: true,
    });
  });
});

test('what waits for a topic that was given up is kept', async () => {
  const world = aWorld({ topic: false });
  await world.events.publishAgain({ events: [anEvent()], since: start, tries: 1 });
  expect(world.kept).toMatchObject([{ event: anEvent(), reason: expect.stringContaining('EVENTS_ENDPOINT') }]);
});

test.each([
  undefined,
  'hello',
  {},
  { events: [{}], since: 1, tries: 1 },
  { events: [{ ...anEvent(), type: 'Other.Event' }], since: 1, tries: 1 },
])('in a queue, %j is nothing that waits', (message) => {
  expect(parseWaiting(message)).toBeUndefined();
});
