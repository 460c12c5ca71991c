import hostJson from '../../host.json' with { type: 'json' };
import type { Wake } from '../../shared/conversations/wakeQueue.ts';
import { childOf, type Id } from './dice.ts';
import type { Caller, Crew } from './processes.ts';
import { type Stage, wayOf } from './stage.ts';

/** A wake in a queue. */
export interface Queued {
  readonly id: Id;
  readonly wake: Wake;
}

export interface QueueRules {
  /** What its messages are called in a story. */
  readonly label: (wake: Wake) => string;
  /** `times`: how often it has been given out by now. */
  readonly handle: (wake: Wake, caller: Caller, times: number) => Promise<void>;
  readonly failed: (error: unknown) => void;
  /** It failed too often. */
  readonly poisoned: (queued: Queued) => void;
}

export interface SimulatedQueue {
  /** Visible after so many milliseconds. */
  put(queued: Queued, ms: number): void;
}

const { maxDequeueCount, visibilityTimeout, maxPollingInterval } = hostJson.extensions.queues;
const msOf = (span: string): number => span.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000;
const hidden = msOf(visibilityTimeout);
const polled = msOf(maxPollingInterval);

/** A storage queue and the host that polls it. What is not done within the visibility timeout is seen again meanwhile. */
export function simulatedQueue(
  stage: Stage,
  workers: Crew,
  { label, handle, failed, poisoned }: QueueRules,
): SimulatedQueue {
  const nameOf = ({ wake }: Queued, count: number) =>
    stage.worded ? `${label(wake)}${count > 1 ? ` (dequeue ${count})` : ''}` : '';

  function visible(queued: Queued, id: Id, count: number): void {
    if (count > maxDequeueCount) {
      poisoned(queued);
      return;
    }
    const roll = stage.roll(id);
    const late = Math.floor(roll() * polled);
    const trouble = stage.trouble(id, 'dequeue', nameOf(queued, count), roll);
    const later = trouble?.kind === 'delayed' ? trouble.ms : 0;
    stage.agenda.after(late + later, () => dequeue(queued, id, count, trouble?.kind === 'again'));
  }

  function dequeue(queued: Queued, id: Id, count: number, undeletable: boolean): void {
    const wait = workers.awakeIn();
    if (wait > 0) return void stage.agenda.after(wait, () => dequeue(queued, id, count, undeletable));
    const seenAgain = stage.agenda.after(hidden, () => visible(queued, childOf(id, -1), count + 1));
    const name = nameOf(queued, count);
    workers.call({
      id,
      label: name,
      use: (caller) => handle(queued.wake, caller, count),
      ended(ending) {
        if (ending.type === 'threw') stage.tell?.('queue', `${name} failed: ${ending.error}`);
        if (ending.type !== 'returned') failed(ending.type === 'threw' ? ending.error : undefined);
        if (ending.type === 'returned' && !undeletable) stage.agenda.cancel(seenAgain);
      },
    });
  }

  return {
    put(queued, ms) {
      const id = childOf(queued.id, -3);
      stage.agenda.after(ms + wayOf(stage.roll(id)), () => visible(queued, id, 1));
    },
  };
}
