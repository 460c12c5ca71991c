import { afterAll, beforeAll, expect, test } from 'vitest';
import { countStorage } from '../support/wireCounter.ts';
import { type CallStage, callStage } from './callStage.ts';

let stage: CallStage;
let wire: Awaited<ReturnType<typeof countStorage>>;

/** The world with a counter before its storage; the first call of all makes the tables. */
beforeAll(async () => {
  stage = await callStage({
    async reroute(places) {
      wire = await countStorage(places.storage);
      return { ...places, storage: wire.connectionString };
    },
  });
  await stage.press(await stage.ring(), 'one');
});
afterAll(async () => {
  await stage.close();
  await wire.close();
});

/** Services asked, without the host's polling of the queues, which is there whether or not anybody calls. */
async function spent(act: () => Promise<unknown>): Promise<readonly string[]> {
  wire.clear();
  await act();
  return wire
    .requests()
    .filter(({ to, method }) => !(to === 'Queue' && method === 'GET'))
    .map(({ to }) => to);
}

test('a callback with its next command costs four storage requests', async () => {
  const id = await stage.ring();
  const before = await stage.call(id);
  expect(await spent(() => stage.press(id, 'nine'))).toEqual(['Table', 'Table', 'Table', 'Table']);
  const after = await stage.call(id);
  expect([after.callbacks.length - before.callbacks.length, after.said.length - before.said.length]).toEqual([1, 1]);
});

test('answering costs five, and four more until the caller hears the menu; one of them arms the watch', async () => {
  const services = await spent(() => stage.ring('+14255550124'));
  expect(services.filter((service) => service === 'Table')).toHaveLength(8);
  expect(services.filter((service) => service === 'Queue')).toHaveLength(1);
  expect(services).toHaveLength(9);
});
