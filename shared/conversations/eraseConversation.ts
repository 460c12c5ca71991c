import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { type Clock, later, type Ticks, ticksOf } from '../core/time.ts';
import type { ConversationStore, Versioned } from './conversationStore.ts';
import type { Erasure, RecordingErasure } from './erasure.ts';
import type { AnyHead, ErasedHead } from './head.ts';
import type { Inbox } from './inbox.ts';
import type { ConversationId } from './keys.ts';
import type { WakeQueue } from './wakeQueue.ts';

/** What erasing reaches the world through. */
export interface Erasing {
  readonly store: Pick<ConversationStore, 'head' | 'commit'>;
  readonly erasure: Erasure;
  /** Absent where there can be no recordings. */
  readonly recordings?: RecordingErasure | undefined;
  readonly inbox: Pick<Inbox, 'remove'>;
  readonly wakes: Pick<WakeQueue, 'arm'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: { readonly watchdog: number; readonly commitWithin: number };
}

const tries = 5;

/**
 * Erases a conversation: both what is there and, by the time written into its head first, what may still arrive. Consent
 * outlives it. `by` is who asked, for the log. Resolves to the time up to which all is erased; throws `not-found`, `busy`, and
 * for our own storage. Whatever dies on the way, a wake finishes it.
 */
export async function eraseConversation(id: ConversationId, by: string, reach: Erasing): Promise<Ticks> {
  const { store, wakes, clock, log, settings } = reach;
  for (let n = 0; n < tries; n++) {
    const begun = clock.now();
    const head = await store.head(id);
    if (head === undefined) throw new AppError('not-found', 'There is no such conversation.');
    const erased = erasedHead(head.value, begun);
    await wakes.arm({ conversation: id, erase: true }, begun + settings.watchdog);
    if (clock.now() - begun > settings.commitWithin) break;
    const result = await store.commit({ conversation: id, head: { value: erased, etag: head.etag } });
    if (result.type !== 'committed') continue;
    log('info', 'conversation.erased', { conversation: id, by });
    await finishErase(id, reach);
    return erased.erasedAt;
  }
  throw new AppError('busy', 'The conversation keeps changing; try again.');
}

/** Nothing of this time or earlier may come back, not even what stands there with a time ahead of our clock. */
function erasedHead({ service, stopAt, goAt, last, inboxKey }: AnyHead, now: number): ErasedHead {
  const erasedAt = later(ticksOf(now), last);
  return { service, stopAt, goAt, last: erasedAt, erasedAt, inboxKey };
}

/**
 * Takes away what the head says was erased, in batches, until nothing is left. Safe to repeat, beside other erasers and
 * beside new texts, which stand after `erasedAt`.
 */
export async function finishErase(id: ConversationId, reach: Erasing): Promise<void> {
  const { store, erasure, recordings, wakes, clock } = reach;
  const head = await store.head(id);
  const erasedAt = head?.value.erasedAt;
  if (head === undefined || erasedAt === undefined) return;
  await erasure.removeEntries(id, erasedAt);
  await recordings?.erase(id, erasedAt);
  await removeInboxRow(id, head, reach);
  const kept = await erasure.stripRequests(id, erasedAt, clock.now());
  // Requests stay until they expire, so that a client's repetition sends nothing anew.
  if (kept !== undefined) await wakes.arm({ conversation: id, erase: true, misses: 1 }, kept);
}

/** The row first and its key in the head after it, so that a crash between them leaves a key that leads to nothing. */
async function removeInboxRow(id: ConversationId, { value, etag }: Versioned<AnyHead>, { inbox, store }: Erasing) {
  if (value.subscriber !== undefined || value.inboxKey === undefined) return;
  await inbox.remove(value.service, value.inboxKey);
  // If it fails, somebody texts again and moves the row by its old key, which is gone.
  await store.commit({ conversation: id, head: { value: { ...value, inboxKey: undefined }, etag } });
}
