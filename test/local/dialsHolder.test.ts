import { expect, test } from 'vitest';
import { holdDials } from '../../local/acs/dialsHolder.ts';
import { defaultDials } from '../../local/dials.ts';
import { virtualTimers } from './eventGrid/virtualTimers.ts';

function aHolder() {
  const time = virtualTimers(0);
  return { time, dials: holdDials(defaultDials, time) };
}

test('what is turned for a while goes back by itself', () => {
  const { time, dials } = aHolder();
  dials.change({ sms: { status5xx: 1 }, timeScale: 60 }, 60_000);
  expect(dials.passing()).toEqual([{ dials: ['sms.status5xx', 'timeScale'], until: 60_000 }]);
  time.advance(59_999);
  expect(dials.get().sms.status5xx).toBe(1);
  time.advance(1);
  expect(dials.get()).toEqual(defaultDials);
  expect(dials.passing()).toEqual([]);
});

test.each<readonly [string, object, number | undefined]>([
  ['for good', { sms: { status5xx: 1 } }, undefined],
  ['for longer', { sms: { status5xx: 1 } }, 60_001],
  ['with its whole part', { sms: null }, undefined],
])('what is turned again meanwhile, %s, is left alone, and the rest goes back', (_, patch, forMs) => {
  const { time, dials } = aHolder();
  dials.change({ sms: { status5xx: 1 }, identity: { status5xx: 1 } }, 60_000);
  const { sms } = dials.change(patch, forMs);
  time.advance(60_000);
  expect(dials.get()).toEqual({ ...defaultDials, sms });
});

test('a fresh world has nothing that goes back', () => {
  const { time, dials } = aHolder();
  dials.change({ sms: { status5xx: 0.5 } }, 60_000);
  dials.reset();
  dials.change({ sms: { status5xx: 1 } });
  time.advance(60_000);
  expect(dials.get().sms.status5xx).toBe(1);
});

test('a change that does not fit takes nothing from another', () => {
  const { dials } = aHolder();
  dials.change({ sms: { status5xx: 1 } }, 60_000);
  expect(() => dials.change({ sms: { status5xx: 2 } })).toThrow('sms.status5xx');
  expect(dials.passing()).toHaveLength(1);
});
