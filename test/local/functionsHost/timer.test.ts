import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TimerTrigger } from '../../../local/functionsHost/bindings.ts';
import type { HostedFunction } from '../../../local/functionsHost/hostedFunctions.ts';
import type { Run } from '../../../local/functionsHost/invocations.ts';
import { readSchedule } from '../../../local/functionsHost/ncrontab.ts';
import { startTimerTrigger } from '../../../local/functionsHost/timerTrigger.ts';
import { aHost } from './aHost.ts';

/** A timer from 02:00:00 on, by a clock that the test turns; tells how it ran. */
function aTimer(
  schedule: string,
  { runOnStartup = false, run = async () => ({}) }: { runOnStartup?: boolean; run?: Run } = {},
) {
  vi.useFakeTimers({ now: new Date('2026-11-24T02:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const runs: { at: string; last: string; next: string; isPastDue: boolean }[] = [];
  const trigger = { type: 'timer', name: 'timer', schedule: readSchedule(schedule), runOnStartup } as const;
  const stop = startTimerTrigger({ name: 'tidy', trigger } as unknown as HostedFunction<TimerTrigger>, (fn, input) => {
    const { ScheduleStatus, IsPastDue } = JSON.parse(input.data.json ?? '');
    const time = (text: string) => text.slice(11, 19);
    runs.push({
      at: time(new Date().toISOString()),
      last: time(ScheduleStatus.Last),
      next: time(ScheduleStatus.Next),
      isPastDue: IsPastDue,
    });
    return run(fn, input);
  });
  onTestFinished(stop);
  return { runs, stop, pass: (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000) };
}

describe('a timer', () => {
  test('runs when it is due, and knows when it last ran and will run next', async () => {
    const { runs, pass } = aTimer('0 */5 * * * *');
    await pass(10 * 60);
    expect(runs).toEqual([
      { at: '02:05:00', last: '00:00:00', next: '02:10:00', isPastDue: false },
      { at: '02:10:00', last: '02:05:00', next: '02:15:00', isPastDue: false },
    ]);
  });

  test('runs at once where it is told to', async () => {
    const { runs, pass } = aTimer('0 */5 * * * *', { runOnStartup: true });
    await pass(0);
    expect(runs).toEqual([{ at: '02:00:00', last: '00:00:00', next: '02:05:00', isPastDue: false }]);
  });

  test('is past due when the machine has slept', async () => {
    const { runs, pass } = aTimer('0 */5 * * * *');
    vi.setSystemTime(new Date('2026-11-24T02:07:00Z'));
    await pass(60);
    expect(runs).toMatchObject([{ next: '02:10:00', isPastDue: true }]);
  });

  test('goes on when its function fails', async () => {
    const { runs, pass } = aTimer('* * * * * *', { run: () => Promise.reject(new Error('no')) });
    await pass(3);
    expect(runs).toHaveLength(3);
  });

  test('never runs twice at the same time', async () => {
    const first = Promise.withResolvers<object>();
    const { runs, pass } = aTimer('* * * * * *', { run: () => first.promise });
    await pass(5);
    expect(runs).toHaveLength(1);
    first.resolve({});
    await pass(1);
    expect(runs).toHaveLength(2);
  });

  test('rests once it is stopped', async () => {
    const { runs, stop, pass } = aTimer('* * * * * *');
    await pass(1);
    stop();
    await pass(5);
    expect(runs).toHaveLength(1);
  });
});

test('a handler gets its timer in camel case, and its schedule may be a setting', async () => {
  const source = `
    import { app } from '@azure/functions';
    app.timer('tidy', { schedule: '%WHEN%', runOnStartup: true, handler: (timer, context) => context.log(JSON.stringify(timer)) });`;
  const host = await aHost({ 'functions/tidy.ts': source }, { env: { WHEN: '0 0 0 1 1 *' } });
  const { message } = await host.lines.until('function.log');
  expect(JSON.parse(String(message))).toEqual({
    schedule: { adjustForDST: true },
    scheduleStatus: {
      last: '0001-01-01T00:00:00',
      next: expect.stringMatching(/^\d{4}-01-01T00:00:00\.000Z$/),
      lastUpdated: '0001-01-01T00:00:00',
    },
    isPastDue: false,
  });
});
