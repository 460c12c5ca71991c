import type { TimerTrigger } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import type { Run } from './invocations.ts';
import type { TriggerInput } from './invoke.ts';

/** Milliseconds by which an overslept timer counts as past due. */
const tolerance = 1_000;
/** .NET's "never". */
const never = '0001-01-01T00:00:00';

/**
 * Runs the function by its schedule until it is stopped. Nothing is remembered from one start of the host to the next: a
 * run is past due when the machine slept or was too busy, not because the host was down.
 */
export function startTimerTrigger(fn: HostedFunction<TimerTrigger>, run: Run): () => void {
  const { schedule, runOnStartup } = fn.trigger;
  let last: Date | undefined;
  let due = schedule.nextRun();
  const fire = async (): Promise<void> => {
    const now = new Date();
    const isPastDue = due !== null && now.getTime() - due.getTime() > tolerance;
    const next = schedule.nextRun(now);
    due = next;
    // A failure is logged where it is run, and the schedule goes on.
    await run(fn, timerInput({ last, next, isPastDue })).catch(() => undefined);
    last = now;
  };
  schedule.schedule(fire);
  if (runOnStartup) void schedule.trigger();
  return () => schedule.stop();
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
