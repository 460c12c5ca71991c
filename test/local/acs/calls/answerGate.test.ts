import { expect, test } from 'vitest';
import type { Callback } from '../../../../local/acs/calls/callbacks/callback.ts';
import { callbacksOf } from '../../../../local/acs/calls/callbacks/callbacks.ts';
import { answerGate } from '../../../../local/acs/calls/callbacks/gate.ts';
import { paceOf } from '../../../../local/acs/calls/pace.ts';
import { defaultDials } from '../../../../local/dials.ts';
import { virtualTimers } from '../../eventGrid/virtualTimers.ts';

/** Callbacks with a postman who notes what he is given. */
function aPost() {
  const brought: string[] = [];
  const pace = paceOf(virtualTimers());
  const gate = answerGate();
  const postman = {
    async bring(callbacks: readonly Callback[]) {
      brought.push(...callbacks.map(({ event }) => event.type));
      return '200';
    },
    stop() {},
  };
  const callbacks = callbacksOf({ pace, gate, postman, dials: () => defaultDials, random: () => () => 0.5 });
  const post = (type: string) =>
    callbacks.post({ url: 'http://app', lane: 'call', event: { id: type, type, time: 'now' } });
  return { brought, gate, post, settled: pace.settled };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what a request brings about waits for its answer, and for no later request’s', async () => {
  const { brought, gate, post, settled } = aPost();
  const answered = gate.enter();
  post('first');
  const later = gate.enter();
  await turn();
  expect(brought).toEqual([]);
  answered();
  await settled();
  expect(brought).toEqual(['first']);
  later();
});

test('callbacks of a call come in their order', async () => {
  const { brought, post, settled } = aPost();
  for (const type of ['first', 'second', 'third']) post(type);
  await settled();
  expect(brought).toEqual(['first', 'second', 'third']);
});
