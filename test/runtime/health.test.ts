import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../shared/core/errors.ts';
import { healthOf } from '../../shared/runtime/health.ts';

/** Storage that answers, fails or says nothing, with a clock that is moved by hand. */
function anApp({ tables = answers, queues = answers as Ask, blobs = answers as Ask } = {}) {
  const asked = { tables: 0, queues: 0, blobs: 0 };
  const time = { ms: 0 };
  const reach = {
    store: {
      head: () => {
        asked.tables += 1;
        return tables();
      },
    },
    dropped: {
      count: async () => {
        asked.blobs += 1;
        await blobs();
        return 3;
      },
    },
    poisoned: {
      count: async () => {
        asked.queues += 1;
        await queues();
        return 2;
      },
    },
    ignored: { count: 7 },
    clock: { now: () => time.ms },
  };
  return { asked, time, look: () => healthOf(reach) };
}

type Ask = () => Promise<unknown>;

const answers = async () => undefined;
const fails = async (): Promise<never> => {
  throw new AppError('storage-failed', 'Table conversations of account secret says 403.');
};

test('an app whose storage answers is well, and says how many events went astray', async () => {
  expect(await anApp().look()).toEqual({
    status: 'ok',
    checks: { tables: { ok: true, ms: 0 }, queues: { ok: true, ms: 0 }, blobs: { ok: true, ms: 0 } },
    counts: { ignored: 7, poisoned: 2, dropped: 3 },
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

describe('an app whose storage fails', () => {
  test.each([
    ['tables', { tables: fails }, { tables: { ok: false }, queues: { ok: true }, blobs: { ok: true } }, [2, 3]],
    ['queues', { queues: fails }, { tables: { ok: true }, queues: { ok: false }, blobs: { ok: true } }, [undefined, 3]],
    ['blobs', { blobs: fails }, { tables: { ok: true }, queues: { ok: true }, blobs: { ok: false } }, [2, undefined]],
  ])('says that it is the %s, and nothing of the account', async (_, storage, checks, counts) => {
    const health = await anApp(storage).look();
    expect(health).toMatchObject({ status: 'failing', checks });
    expect([health.counts.poisoned, health.counts.dropped]).toEqual(counts);
    expect(JSON.stringify(health)).not.toMatch(/secret|403/);
  });

  test('is looked at again when the next look is due', async () => {
    let well = false;
    const app = anApp({ tables: () => (well ? answers() : fails()) });
    expect((await app.look()).status).toBe('failing');
    well = true;
    app.time.ms = 5_000;
    expect((await app.look()).status).toBe('ok');
  });
});

test('storage that says nothing is failing after three seconds', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const looking = anApp({ tables: () => new Promise(() => {}) }).look();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await looking).toMatchObject({
    status: 'failing',
    checks: { tables: { ok: false }, queues: { ok: true }, blobs: { ok: true } },
  });
});

test('however many ask, storage is asked every five seconds', async () => {
  const { look, asked, time } = anApp();
  await Promise.all(Array.from({ length: 50 }, look));
  time.ms = 4_999;
  await look();
  expect(asked).toEqual({ tables: 1, queues: 1, blobs: 1 });
  time.ms = 5_000;
  await look();
  expect(asked).toEqual({ tables: 2, queues: 2, blobs: 2 });
});
