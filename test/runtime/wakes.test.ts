import { expect, test } from 'vitest';
import type { Services } from '../../shared/runtime/services.ts';
import { answerPoisonedWake } from '../../shared/runtime/wakes.ts';
import { smsWorld } from '../support/smsWorld.ts';

const tooMany = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' } as const;

/** A reply that waits, whose wake has failed too often. */
async function aPoisonedWake() {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  const { wake } = world.wakes.splice(0)[0]!;
  await world.advance(60_000);
  const told: unknown[] = [];
  const publishAgain = async (waiting: unknown) => void told.push(waiting);
  const services = { ...world.services, told: { publish: async () => {}, publishAgain } } as unknown as Services;
  return { ...world, wake, services, told };
}

test('a poisoned wake ends its message', async () => {
  const { wake, services, timeline, settling } = await aPoisonedWake();
  await answerPoisonedWake(wake, services, 1);
  expect((await timeline())[0]?.[0]).toBe('failed');
  expect(settling).toEqual([]);
});

test('one that comes again is put back before the host gives it out to nobody, and settled then', async () => {
  const { wake, services, timeline, settling, logged, now } = await aPoisonedWake();
  await answerPoisonedWake(wake, services, 2);
  expect((await timeline())[0]?.[0]).toBe('queued');
  expect(settling).toEqual([{ wake, at: now() + 60_000 }]);
  expect(logged).toContainEqual(expect.objectContaining({ event: 'wake.put-back', alarm: true }));
  await answerPoisonedWake(wake, services, 1);
  expect((await timeline())[0]?.[0]).toBe('failed');
});

test('so are events that could not be told', async () => {
  const { services, settling, told } = await aPoisonedWake();
  const wake = { tell: { events: [], since: 0, tries: 3 } };
  await answerPoisonedWake(wake, services, 2);
  expect([settling.length, told.length]).toEqual([1, 0]);
  await answerPoisonedWake(wake, services, 1);
  expect([settling.length, told.length]).toEqual([1, 1]);
});
