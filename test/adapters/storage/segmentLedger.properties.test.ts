import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryEntityTable } from '../../../shared/adapters/storage/memoryEntityTable.ts';
import { segmentLedger } from '../../../shared/adapters/storage/segmentLedger.ts';
import type { Taken } from '../../../shared/sms/segmentAllowance.ts';
import { type Fault, faults, troubledTable } from './troubledTable.ts';

const perDay = 60;
const day = 86_400_000;
const start = Date.parse('2026-11-24T12:00:00Z');

/** What a process does next: it takes for several texts at once, on a day, and gives some back; or it dies and begins anew. */
interface Step {
  readonly texts: readonly { readonly segments: number; readonly givesBack: boolean }[];
  readonly day: 0 | 1;
  readonly dies: boolean;
}

const aStep: fc.Arbitrary<Step> = fc.record({
  texts: fc.array(fc.record({ segments: fc.integer({ min: 1, max: 31 }), givesBack: fc.boolean() }), { maxLength: 4 }),
  day: fc.constantFrom(0, 1),
  dies: fc.boolean(),
});
const processes = fc.array(fc.array(aStep, { maxLength: 8 }), { minLength: 1, maxLength: 5 });

/** `none` as often as all others together. */
const aFault = fc.constantFrom<Fault>(...faults, 'none', 'none');

test('whoever dies, waits, fails or is not answered, in whatever order: no day hands out more than it has', async () => {
  const holds = fc.asyncProperty(
    fc.scheduler(),
    processes,
    fc.infiniteStream(aFault),
    fc.integer({ min: 1, max: 30 }),
    async (scheduler, plans, fault, tranche) => {
      const table = memoryEntityTable();
      const turn = () => scheduler.schedule(Promise.resolve());
      const troubled = troubledTable(table, () => fault.next().value, turn);
      const held = [0, 0];
      let tokens = 0;

      async function run(plan: readonly Step[]): Promise<void> {
        let now = start;
        const begin = () =>
          segmentLedger({
            table: troubled,
            clock: { now: () => now },
            rand: { token: () => `t${++tokens}`, fraction: () => 0 },
            perDay,
            tranche,
            pause: turn,
          });
        let ledger = begin();
        for (const step of plan) {
          if (step.dies) ledger = begin();
          now = start + step.day * day;
          const settle = (taken: Taken | undefined, { segments, givesBack }: Step['texts'][number]) => {
            if (taken === undefined) return;
            held[step.day]! += segments;
            expect(held[step.day]).toBeLessThanOrEqual(perDay);
            if (!givesBack) return;
            held[step.day]! -= segments;
            taken.giveBack();
          };
          await Promise.all(
            step.texts.map(async (text) => settle(await ledger.take(text.segments).catch(() => undefined), text)),
          );
        }
      }

      await scheduler.waitFor(Promise.all(plans.map(run)));
      for (const { row, columns } of table.entities()) {
        expect(columns['leased']).toBeLessThanOrEqual(perDay);
        expect(held[row === '2026-11-24' ? 0 : 1]).toBeLessThanOrEqual(Number(columns['leased']));
      }
    },
  );
  await fc.assert(holds, { numRuns: 1_000 });
});

test('one process alone refuses only what the day has no room for', async () => {
  const isFair = fc.asyncProperty(
    fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 30 }),
    fc.integer({ min: 1, max: 59 }),
    async (texts, tranche) => {
      let tokens = 0;
      const rand = { token: () => `t${++tokens}`, fraction: () => 0 };
      const ledger = segmentLedger({ table: memoryEntityTable(), clock: { now: () => start }, rand, perDay, tranche });
      let granted = 0;
      for (const segments of texts) {
        const taken = await ledger.take(segments);
        expect(taken !== undefined).toBe(granted + segments <= perDay);
        granted += taken === undefined ? 0 : segments;
      }
    },
  );
  await fc.assert(isFair, { numRuns: 500 });
});
