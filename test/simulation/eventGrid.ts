import { answerWithin, jitter, retryWaits } from '../../local/eventGrid/rules.ts';
import { childOf, type Id } from './dice.ts';
import type { Caller, Crew, Ending } from './processes.ts';
import { type Stage, wayOf } from './stage.ts';

/** An event for the app. */
export interface Published {
  readonly id: Id;
  readonly label: string;
  readonly handle: (caller: Caller) => Promise<void>;
  readonly deadLettered: () => void;
  /** A delivery was not acknowledged: it threw, its process died, or (without `error`) it took too long. */
  readonly failed: (error?: unknown) => void;
}

export interface EventGrid {
  publish(event: Published): void;
}

/** One attempt to deliver an event; `since`: when it was published, milliseconds since the run began. */
interface Attempt {
  readonly event: Published;
  readonly id: Id;
  readonly n: number;
  readonly since: number;
}

/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry: an event is given up a day after it came. */
const timeToLive = 24 * 60 * 60_000;
/** What Event Grid itself takes for an event, about (ours). */
const inside = 20;

/** At least once, in any order: an event that is not acknowledged within 30 s comes again, while its first call goes on. */
export const eventGrid = (stage: Stage, crew: Crew): EventGrid => ({
  publish(event) {
    const { id, label } = event;
    const roll = stage.roll(id);
    const way = inside + wayOf(roll);
    const trouble = stage.trouble(id, 'delivery', label, roll);
    const since = stage.agenda.now();
    const late = trouble?.kind === 'delayed' ? trouble.ms : 0;
    stage.agenda.after(way + late, () => deliver(stage, crew, { event, id: childOf(id, 1), n: 1, since }));
    if (trouble?.kind !== 'twice') return;
    const twin = { ...event, label: `${label} (twin)` };
    stage.agenda.after(way + trouble.ms, () => deliver(stage, crew, { event: twin, id: childOf(id, 2), n: 1, since }));
  },
});

function deliver(stage: Stage, crew: Crew, attempt: Attempt): void {
  const { event, id, n } = attempt;
  const label = stage.worded ? `${event.label}${n > 1 ? ` (delivery ${n})` : ''}` : '';
  let waiting = true;
  const hear = (ending?: Ending<void>) => {
    if (ending?.type === 'threw') stage.tell?.('Event Grid', `${label} is not acknowledged: ${ending.error}`);
    if (ending?.type !== 'returned') event.failed(ending?.type === 'threw' ? ending.error : undefined);
    if (!waiting) return;
    waiting = false;
    stage.agenda.cancel(tooLate);
    if (ending?.type !== 'returned' || ackIsLost(stage, id, label)) again(stage, crew, attempt);
  };
  const tooLate = stage.agenda.after(answerWithin, () => hear());
  crew.call({ id, label, use: event.handle, ended: hear });
}

function ackIsLost(stage: Stage, id: Id, label: string): boolean {
  const ack = childOf(id, -2);
  return stage.trouble(ack, 'ack', `${label}: acknowledgement`, stage.roll(ack)) !== undefined;
}

function again(stage: Stage, crew: Crew, { event, id, n, since }: Attempt): void {
  const usual = retryWaits[Math.min(n, retryWaits.length) - 1] ?? 0;
  const next = childOf(id, -1);
  const wait = Math.round(usual * (1 + jitter * stage.roll(next)()));
  if (stage.agenda.now() + wait - since > timeToLive) event.deadLettered();
  else stage.agenda.after(wait, () => deliver(stage, crew, { event, id: next, n: n + 1, since }));
}
