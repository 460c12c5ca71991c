import type { ConversationStore } from '../conversations/conversationStore.ts';
import type { ConversationId } from '../conversations/keys.ts';
import type { PoisonedWakes } from '../conversations/wakeQueue.ts';
import { AppError } from '../core/errors.ts';
import type { Clock } from '../core/time.ts';
import type { DroppedEvents } from '../events/droppedEvents.ts';
import type { Health } from '../http/health.ts';
import { version } from '../http/version.ts';

interface Reach {
  readonly store: Pick<ConversationStore, 'head'>;
  readonly dropped: Pick<DroppedEvents, 'count'>;
  readonly poisoned: PoisonedWakes;
  readonly ignored: { readonly count: number };
  readonly clock: Clock;
}

/** Milliseconds: however often anyone asks, storage is looked at this often at most. */
const lookEvery = 5_000;
/** Milliseconds after which storage that says nothing is failing. */
const answerWithin = 3_000;
/** No conversation: its absence is found by the same point read that every event begins with. */
const nobody = 'health-health-health-0' as ConversationId;

/** The latest look of each loaded app. */
const looks = new WeakMap<object, { readonly at: number; readonly health: Promise<Health> }>();

/** Whether what the app rests on answers, and how many events and wakes did not become what they should. Never throws. */
export function healthOf(reach: Reach): Promise<Health> {
  const now = reach.clock.now();
  const latest = looks.get(reach);
  if (latest !== undefined && now - latest.at < lookEvery) return latest.health;
  const health = look(reach);
  looks.set(reach, { at: now, health });
  return health;
}

async function look({ store, dropped, poisoned, ignored, clock }: Reach): Promise<Health> {
  const [tables, queues, blobs] = await Promise.all([
    timed(() => store.head(nobody), clock),
    timed(() => poisoned.count(), clock),
    timed(() => dropped.count(), clock),
  ]);
  return {
    status: [tables, queues, blobs].every(({ check }) => check.ok) ? 'ok' : 'failing',
    checks: { tables: tables.check, queues: queues.check, blobs: blobs.check },
    counts: { ignored: ignored.count, poisoned: queues.value, dropped: blobs.value },
    version,
  };
}

async function timed<T>(ask: () => Promise<T>, clock: Clock) {
  const from = clock.now();
  const answer = await within(answerWithin, ask()).then(
    (value) => ({ ok: true, value }),
    () => ({ ok: false, value: undefined }),
  );
  return { check: { ok: answer.ok, ms: clock.now() - from }, value: answer.value };
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new AppError('unavailable', 'No answer in time.')), ms);
  return Promise.race([answer, over]).finally(() => clearTimeout(timer));
}
