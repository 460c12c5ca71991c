import { answerWithin, jitter, retryWaits } from '../../local/eventGrid/rules.ts';
import { childOf, type Id } from './dice.ts';
import type { Caller, Crew } from './processes.ts';
import { type Stage, wayOf } from './stage.ts';

/** An event for the app. */
export interface Published {
  readonly id: Id;
  readonly label: string;
  readonly handle: (caller: Caller) => Promise<void>;
  /** The app has answered with a success. */
  readonly acknowledged: () => void;
  readonly deadLettered: () => void;
}

export interface EventGrid {
  publish(event: Published): void;
}

/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry: an event is given up a day after it came. */
const timeToLive = 24 * 60 * 60_000;

/** At least once, in any order: an event that is not acknowledged within 30 s comes again, while its first call goes on. */
export function eventGrid(stage: Stage, crew: Crew): EventGrid {
  function attempt(event: Published, id: Id, n: number, since: number): void {
    const label = stage.worded ? `${event.label}${n > 1 ? ` (delivery ${n})` : ''}` : '';
    let waiting = true;
    const settle = (succeeded: boolean) => {
      if (!waiting) return;
      waiting = false;
      stage.agenda.cancel(tooLate);
      if (succeeded && !ackIsLost(id, label)) return;
      again(event, id, n, since);
    };
    const tooLate = stage.agenda.after(answerWithin, () => settle(false));
    crew.call({
      id,
      label,
      use: event.handle,
      ended(ending) {
        if (ending.type === 'threw') stage.tell?.('Event Grid', `${label} is not acknowledged: ${ending.error}`);
        if (ending.type === 'returned' && waiting) event.acknowledged();
        settle(ending.type === 'returned');
      },
    });
  }

  const ackIsLost = (id: Id, label: string) =>
    stage.trouble(childOf(id, -2), 'ack', `${label}: acknowledgement`, stage.roll(childOf(id, -2))) !== undefined;

  function again(event: Published, id: Id, n: number, since: number): void {
    const usual = retryWaits[Math.min(n, retryWaits.length) - 1] ?? 0;
    const next = childOf(id, -1);
    const wait = Math.round(usual * (1 + jitter * stage.roll(next)()));
    if (stage.agenda.now() + wait - since > timeToLive) event.deadLettered();
    else stage.agenda.after(wait, () => attempt(event, next, n + 1, since));
  }

  return {
    publish(event) {
      const { id, label } = event;
      const roll = stage.roll(id);
      const way = 20 + wayOf(roll);
      const trouble = stage.trouble(id, 'delivery', label, roll);
      const since = stage.agenda.now();
      const late = trouble?.kind === 'delayed' ? trouble.ms : 0;
      stage.agenda.after(way + late, () => attempt(event, childOf(id, 1), 1, since));
      if (trouble?.kind !== 'twice') return;
      const twin = { ...event, label: `${label} (twin)` };
      stage.agenda.after(way + trouble.ms, () => attempt(twin, childOf(id, 2), 1, since));
    },
  };
}
