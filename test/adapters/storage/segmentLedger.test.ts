import { describe, expect, test } from 'vitest';
import { azureEntityTable } from '../../../shared/adapters/storage/azureEntityTable.ts';
import type { EntityTable } from '../../../shared/adapters/storage/entityTable.ts';
import { memoryEntityTable } from '../../../shared/adapters/storage/memoryEntityTable.ts';
import { type SegmentLedger, segmentLedger } from '../../../shared/adapters/storage/segmentLedger.ts';
import type { SegmentAllowance } from '../../../shared/sms/segmentAllowance.ts';
import { takeAccount } from '../../support/storage.ts';
import { type Fault, troubledTable } from './troubledTable.ts';

const noon = Date.parse('2026-11-24T12:00:00Z');
const midnight = Date.parse('2026-11-25T00:00:00Z');
const row = { partition: 'segments', row: '2026-11-24' };

let tokens = 0;

interface Options {
  readonly perDay?: number;
  readonly tranche?: number;
  readonly pause?: SegmentLedger['pause'] | 'as shipped';
}

/** A process with a ledger of its own, on a clock that can be set; if nothing else is said it does not wait to try again. */
function aProcess(table: EntityTable, { perDay = 100, tranche = 10, pause = async () => {} }: Options = {}) {
  let now = noon;
  const allowance = segmentLedger({
    table,
    clock: { now: () => now },
    rand: { token: () => `token-${++tokens}`, fraction: () => Math.random() },
    perDay,
    tranche,
    pause: pause === 'as shipped' ? undefined : pause,
  });
  return {
    ...allowance,
    takes: async (segments: number) => (await allowance.take(segments)) !== undefined,
    setClock(at: number) {
      now = at;
    },
  };
}

/** Takes one at a time, as often as it is given any; failures are tried again. */
async function drain({ take }: SegmentAllowance): Promise<number> {
  for (let granted = 0; ; ) {
    const taken = await take(1).catch(() => 'failed' as const);
    if (taken === undefined) return granted;
    if (taken !== 'failed') granted += 1;
  }
}

/** Counts the requests of each kind. */
function counted(table: EntityTable) {
  const requests = { get: 0, transact: 0 };
  const counting: EntityTable = {
    ...table,
    get(key) {
      requests.get += 1;
      return table.get(key);
    },
    transact(...call) {
      requests.transact += 1;
      return table.transact(...call);
    },
  };
  return { table: counting, requests };
}

const leasedIn = async (table: EntityTable) => (await table.get(row))?.columns['leased'];

test('a tranche costs a request, and the texts it holds none', async () => {
  const { table, requests } = counted(memoryEntityTable());
  const { takes } = aProcess(table);
  expect(await takes(10)).toBe(true);
  expect(requests).toEqual({ get: 1, transact: 1 });
  for (let n = 0; n < 20; n++) expect(await takes(1)).toBe(true);
  expect(requests).toEqual({ get: 1, transact: 3 });
});

test('once the day is spent, refusals cost nothing', async () => {
  const { table, requests } = counted(memoryEntityTable());
  const { take } = aProcess(table);
  expect(await drain({ take })).toBe(100);
  const spent = { ...requests };
  for (let n = 0; n < 50; n++) expect(await take(1)).toBeUndefined();
  expect(requests).toEqual(spent);
});

test('texts that find the purse empty together wait for one lease', async () => {
  const { table, requests } = counted(memoryEntityTable());
  const { takes } = aProcess(table);
  expect(await Promise.all(Array.from({ length: 30 }, () => takes(1)))).not.toContain(false);
  expect(requests).toEqual({ get: 1, transact: 3 });
});

test('a text longer than a tranche is allowed, and one longer than what is left is not', async () => {
  const { takes } = aProcess(memoryEntityTable());
  expect(await takes(31)).toBe(true);
  expect(await takes(31)).toBe(true);
  expect(await takes(39)).toBe(false);
  expect(await takes(38)).toBe(true);
  expect(await takes(1)).toBe(false);
});

test('of texts that come together, a short one is not refused because a long one is', async () => {
  const { takes } = aProcess(memoryEntityTable(), { perDay: 20 });
  expect(await Promise.all([takes(31), takes(5), takes(15)])).toEqual([false, true, true]);
});

test('what is given back is handed out again, once', async () => {
  const { take, takes } = aProcess(memoryEntityTable(), { perDay: 12 });
  const taken = await take(12);
  expect(await takes(1)).toBe(false);
  taken?.giveBack();
  taken?.giveBack();
  expect(await takes(12)).toBe(true);
  expect(await takes(1)).toBe(false);
});

test('a new day begins with its own segments, and takes nothing back of the day before', async () => {
  const { take, takes, setClock } = aProcess(memoryEntityTable());
  const taken = await take(100);
  setClock(midnight - 1);
  expect(await takes(1)).toBe(false);
  setClock(midnight);
  taken?.giveBack();
  expect(await takes(100)).toBe(true);
  expect(await takes(1)).toBe(false);
});

test('processes share the day, and what one leaves unused is lost to it', async () => {
  const table = memoryEntityTable();
  expect(await aProcess(table).takes(1)).toBe(true);
  expect(await drain(aProcess(table))).toBe(90);
  expect(await leasedIn(table)).toBe(100);
});

test('a cap that was lowered during the day holds from the restart on', async () => {
  const table = memoryEntityTable();
  await aProcess(table).takes(60);
  expect(await aProcess(table, { perDay: 50 }).takes(1)).toBe(false);
});

describe.each<Fault>(['echo', 'lose'])('when an answer is lost (%s)', (fault) => {
  test('the lease is known again, so that nothing of the day is lost', async () => {
    const table = memoryEntityTable();
    const troubled = troubledTable(table, () => fault);
    expect(await drain(aProcess(troubled))).toBe(100);
    expect(await leasedIn(table)).toBe(100);
  });

  test('the same among several', async () => {
    const table = memoryEntityTable();
    const troubled = troubledTable(table, () => (Math.random() < 0.3 ? fault : 'none'));
    const granted = await Promise.all(Array.from({ length: 4 }, () => drain(aProcess(troubled))));
    expect(granted.reduce((sum, each) => sum + each)).toBe(100);
  });
});

test('a failure of storage is thrown to all that wait, and the next text tries again', async () => {
  let failing = true;
  const { takes } = aProcess(troubledTable(memoryEntityTable(), () => (failing ? 'fail' : 'none')));
  const outcomes = await Promise.allSettled([takes(1), takes(1)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  failing = false;
  expect(await takes(1)).toBe(true);
});

test('who is never fast enough says so', async () => {
  const waits: number[] = [];
  const { take } = aProcess(
    { ...memoryEntityTable(), transact: async () => ({ type: 'failed', index: 0, reason: 'changed' }) },
    { pause: async (ms) => waits.push(ms) },
  );
  await expect(take(1)).rejects.toMatchObject({ code: 'busy', retryable: true });
  expect(waits).toHaveLength(12);
  expect(Math.max(...waits)).toBeLessThanOrEqual(500);
});

test('64 processes at once on the Table service spend the day to the last segment, and not one more', {
  timeout: 60_000,
}, async () => {
  const table = azureEntityTable({ connectionString: takeAccount(), table: 'limits' });
  const aRealProcess = () => aProcess(table, { perDay: 600, tranche: 7, pause: 'as shipped' });
  const granted = await Promise.all(Array.from({ length: 64 }, () => drain(aRealProcess())));
  expect(granted.reduce((sum, each) => sum + each)).toBe(600);
  expect(await leasedIn(table)).toBe(600);
});
