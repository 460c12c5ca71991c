import { expect, test } from 'vitest';
import { until } from '../support/realWorld.ts';
import type { Fate } from './gate.ts';
import { facing, some } from './outage.ts';

/** How a provider can be down. A connection that is refused never comes to its warden. */
const ways: readonly (Fate | 'refused')[] = ['refused', 'unavailable', 'silent', 'mute'];

test.concurrent.each(ways)(
  'a provider that is down (%s) holds answers up, and nobody else hears of it',
  { timeout: 60_000 },
  async (way) => {
    let [down, tries] = [false, 0];
    const { world, gates, text, got, answered, statuses } = await facing({
      acs() {
        tries += 1;
        return down && way !== 'refused' ? way : 'pass';
      },
    });
    // Reports would tell that what was taken has left, and nobody would try again.
    world.dials.change({ sms: { reportMissing: 1 } });
    const [before, during, after] = [some(1), some(4), some(2)];
    await text(before);
    await answered(before);

    down = true;
    if (way === 'refused') for (const gate of gates) await gate.shut();
    await text(during);
    await until('every text to be acknowledged', async () => statuses()['202'] === 5 || undefined);
    expect(got(during)).toEqual(way === 'mute' ? [1, 1, 1, 1] : [0, 0, 0, 0]);

    down = false;
    if (way === 'refused') for (const gate of gates) await gate.open();
    await text(after);
    await answered([...during, ...after]);
    await until('all tries', async () => tries >= (way === 'refused' ? 7 : 11) || undefined);
    await world.settled();
    expect(got([...before, ...during, ...after])).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(statuses()).toEqual({ 202: 7 });
    await world.close();
  },
);

test.concurrent.each<Fate>(['unavailable', 'reset'])(
  'storage that is down (%s) makes events come again, and costs nothing',
  { timeout: 60_000 },
  async (way) => {
    let down = false;
    const { world, text, got, answered, statuses } = await facing({ storage: () => (down ? way : 'pass') });
    // Event Grid's ten seconds are one of ours, and storage is away for some of them.
    world.dials.change({ timeScale: 10 });
    const [before, during, after] = [some(1), some(4), some(2)];
    await text(before);
    await answered(before);

    down = true;
    await text(during);
    await until('every delivery to have failed', async () => (statuses()['500'] ?? 0) >= 4 || undefined);
    expect(got(during)).toEqual([0, 0, 0, 0]);

    down = false;
    await text(after);
    await answered([...during, ...after]);
    await world.eventGrid.settled({ forGood: true });
    expect(got([...before, ...during, ...after])).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const { 500: _, ...others } = statuses();
    expect(others).toEqual({ 202: 7 });
    expect(world.eventGrid.deadLetters()).toEqual([]);
    await world.close();
  },
);

test('storage that goes between a send and its mark does not make two of it', { timeout: 60_000 }, async () => {
  let [down, sends] = [false, 0];
  const { world, text, got, statuses } = await facing({
    storage: () => (down ? 'unavailable' : 'pass'),
    acs() {
      sends += 1;
      down = sends === 1;
      return 'pass';
    },
  });
  world.dials.change({ timeScale: 10, sms: { reportMissing: 1 } });
  const one = some(1);
  await text(one);
  await until('the delivery to have failed', async () => statuses()['500']);
  down = false;
  await until('another try', async () => sends > 1 || undefined);
  await world.eventGrid.settled({ forGood: true });
  expect(got(one)).toEqual([1]);
  expect(statuses()).toMatchObject({ 202: 1 });
  await world.close();
});
