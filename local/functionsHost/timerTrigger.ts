import { Cron } from 'croner';
import type { TimerTrigger } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import type { Run, TriggerInput } from './invocations.ts';
import { misconfigured } from './misconfigured.ts';

/** `{second} {minute} {hour} {day} {month} {day of week}`, where day and weekday must both fit: https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions */
const rules = { timezone: 'UTC', mode: '6-part', domAndDow: true, sloppyRanges: true } as const;
/** What croner reads beyond NCRONTAB, Azure would refuse. */
const item = String.raw`(?:\*|\w{1,3}(?:-\w{1,3})?)(?:\/\d+)?`;
const ncrontab = new RegExp(`^(?:${item}(?:,${item})*(?: +|$)){6}$`);
const beyond = /\d*[LW]\b|(?<!\/)\b7\b\S*$/i;
/** Milliseconds by which an overslept timer counts as past due. */
const tolerance = 1_000;
/** .NET's "never". */
const never = '0001-01-01T00:00:00';

export interface RunningTimer {
  stop(): void;
}

/**
 * Runs the function by its schedule, in UTC and never twice at the same time. Nothing is remembered from one start of the
 * host to the next: a run is past due when the machine slept or was too busy, not because the host was down.
 */
export function startTimerTrigger(fn: HostedFunction<TimerTrigger>, run: Run): RunningTimer {
  let last: Date | undefined;
  let due: Date | null = null;
  const fire = async (job: Cron): Promise<void> => {
    const isPastDue = due !== null && Date.now() - due.getTime() > tolerance;
    const next = job.nextRun();
    due = next;
    // A failure is logged where it is run, and the schedule goes on.
    await run(fn, timerInput({ last, next, isPastDue })).catch(() => undefined);
    last = new Date();
  };
  const job = scheduled(fn, fire);
  due = job.nextRun();
  if (fn.trigger.runOnStartup) void job.trigger();
  return { stop: () => job.stop() };
}

function scheduled(
  { name, trigger: { schedule } }: HostedFunction<TimerTrigger>,
  fire: (job: Cron) => Promise<void>,
): Cron {
  try {
    if (!ncrontab.test(schedule.trim()) || beyond.test(schedule))
      throw new Error('it does not have six fields of numbers, names, *, -, / and ,');
    return new Cron(schedule, { ...rules, protect: true }, fire);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw misconfigured(`Function "${name}": the schedule "${schedule}" is not NCRONTAB: ${reason}.`, cause);
  }
}

interface Timing {
  readonly last?: Date | undefined;
  readonly next?: Date | null;
  readonly isPastDue?: boolean;
}

/** What the handler gets, in the host's spelling; the library puts it into camel case. */
export function timerInput({ last, next, isPastDue = false }: Timing = {}): TriggerInput {
  const status = {
    Last: last?.toISOString() ?? never,
    Next: next?.toISOString() ?? never,
    LastUpdated: last?.toISOString() ?? never,
  };
  const timer = { Schedule: { AdjustForDST: true }, ScheduleStatus: status, IsPastDue: isPastDue };
  return { data: { json: JSON.stringify(timer) } };
}
