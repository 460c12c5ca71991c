import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallStage, callStage, service, stepsOf } from './callStage.ts';

let stage: CallStage;
beforeAll(async () => {
  stage = await callStage();
});
afterAll(() => stage.close());

const callers = Array.from({ length: 50 }, (_, n) => `+1425555${String(1000 + n)}`);

test('fifty calls at once each get what they asked for', { timeout: 60_000 }, async () => {
  const ids = await Promise.all(
    callers.map(async (from) => (await stage.admin<{ id: string }>('POST', '/calls', { from, to: service })).id),
  );
  await stage.world.settled();
  // Every other caller wants the link.
  await Promise.all(ids.map((id, n) => stage.admin('POST', `/calls/${id}/tones`, { tones: [n % 2 ? 'one' : 'five'] })));
  await stage.world.settled();
  await Promise.all(
    ids.flatMap((id, n) => (n % 2 ? [] : [stage.admin('POST', `/calls/${id}/tones`, { tones: ['seven', 'pound'] })])),
  );
  await stage.world.settled();
  for (const [n, from] of callers.entries()) {
    const entries = await stage.entries(from);
    expect(entries.map(stepsOf)).toEqual([n % 2 ? ['welcome: 1', 'link', 'bye'] : ['welcome: 5', 'order: 7', 'bye']]);
    expect(stage.sent(from)).toHaveLength(n % 2);
  }
});
