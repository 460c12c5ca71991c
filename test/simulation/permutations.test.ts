import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standing } from '../../shared/conversations/head.ts';
import { local } from '../support/smsValues.ts';
import { childOf } from './dice.ts';
import { outcomeOf } from './outcome.ts';
import type { Plan } from './plan.ts';
import { profiles } from './profiles.ts';
import { run } from './simulate.ts';
import type { Trouble } from './troubles.ts';
import type { Moment, Weather } from './weather.ts';

const texts = fc.array(
  fc.record({ text: fc.constantFrom('hi', 'STOP', 'START', 'YES', 'HELP', 'please stop'), after: fc.nat(3_000) }),
  { minLength: 1, maxLength: 6 },
);

/** For each text, how it is delivered: late, or late and once more. */
const deliveries = fc.array(fc.record({ kind: fc.constantFrom('delayed', 'twice'), ms: fc.nat(20_000) }), {
  minLength: 6,
  maxLength: 6,
});

function planOf(said: readonly { readonly text: string; readonly after: number }[]): Plan {
  let at = 0;
  const happenings = said.map(({ text, after }, n) => {
    at += after;
    return { id: childOf(1, n), at, type: 'text', text } as const;
  });
  return { service: local, clocks: [0, 0, 0], blocked: false, budget: undefined, happenings };
}

const shuffled =
  (fates: readonly Trouble<'delivery'>[]): Weather =>
  <O extends Moment['occasion']>({ occasion, label }: Moment<O>) => {
    const [, n] = occasion === 'delivery' ? (/^text (\d+) /.exec(label) ?? []) : [];
    return n === undefined ? undefined : (fates[Number(n) - 1] as Trouble<O> | undefined);
  };

/** What must not depend on arrival; whether a text is answered may, because a STOP may have come before it or not yet. */
async function kept(plan: Plan, weather: Weather) {
  const ended = outcomeOf(await run({ seed: 1, profile: profiles.low, plan, weather, worded: true }));
  const { stopAt, goAt, last, lastInbound, preview, flags, inboxKey } = standing(ended.head)!;
  const inbound = ended.inbound.map(({ receivedAt: _, ...entry }) => entry);
  const consent = ended.rows.filter(({ row }) => row.startsWith('c')).map(({ row, columns }) => [row, columns]);
  return { stopAt, goAt, last, lastInbound, preview, flags, inboxKey, inbound, consent, rows: ended.inboxRows };
}

test('whatever the order and number of deliveries, what was said and what consent follows is the same', () =>
  fc.assert(
    fc.asyncProperty(texts, deliveries, async (said, fates) => {
      const plan = planOf(said);
      expect(await kept(plan, shuffled(fates as Trouble<'delivery'>[]))).toEqual(await kept(plan, () => undefined));
    }),
    { numRuns: 500 },
  ));
