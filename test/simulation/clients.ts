import { AppError } from '../../shared/core/errors.ts';
import { between, childOf, type Id } from './dice.ts';
import type { Caller, Crew, Ending } from './processes.ts';
import type { Stage } from './stage.ts';

/** What an agent's client asks of the app over HTTP. */
export interface Asked<T> {
  readonly id: Id;
  readonly label: string;
  /** How often it asks again when it was not told. */
  readonly patience: number;
  readonly use: (caller: Caller) => Promise<T>;
  readonly told: (answer: T) => void;
  /** The app takes it up when this client no longer listens. */
  readonly takenLate?: () => void;
  /** The app has said no, for good. */
  readonly refused: (error: AppError) => void;
}

/** As an HTTP client has it: no answer by then is none. */
const answerWithin = 30_000;

/** Asks, and asks the same again if the connection broke, nobody answered in time, or the app asked for patience. */
export function ask<T>(stage: Stage, crew: Crew, asked: Asked<T>, n = 0, id = asked.id): void {
  let waiting = true;
  const label = stage.worded ? `${asked.label}${n > 0 ? ` (try ${n + 1})` : ''}` : '';
  const hear = (ending: Ending<T> | 'too late') => {
    if (!waiting) return;
    waiting = false;
    stage.agenda.cancel(tooLate);
    if (ending !== 'too late' && ending.type === 'returned') return asked.told(ending.value);
    const refusal = finalOf(ending);
    if (refusal !== undefined) {
      stage.tell?.('agent', `${label} is refused: ${refusal.message}`);
      return asked.refused(refusal);
    }
    if (n >= asked.patience) return;
    const next = childOf(id, -1);
    stage.agenda.after(between(stage.roll(next), [200, 20_000]), () => ask(stage, crew, asked, n + 1, next));
  };
  const tooLate = stage.agenda.after(answerWithin, () => hear('too late'));
  const use = (caller: Caller) => {
    if (!waiting) asked.takenLate?.();
    return asked.use(caller);
  };
  crew.call({ id, label, use, ended: hear });
}

function finalOf(ending: Ending<unknown> | 'too late'): AppError | undefined {
  if (ending === 'too late' || ending.type !== 'threw') return undefined;
  const { error } = ending;
  return error instanceof AppError && !error.retryable ? error : undefined;
}
