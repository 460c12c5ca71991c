import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { ticksOf } from '../core/time.ts';
import { type Erasing, eraseConversation } from './eraseConversation.ts';
import type { Inbox } from './inbox.ts';
import { standingAt } from './standingAt.ts';

interface Retaining extends Erasing {
  readonly inbox: Inbox;
  readonly settings: Erasing['settings'] & {
    readonly serviceNumbers: ReadonlyMap<PhoneNumber, unknown>;
    /** Milliseconds after its last entry that a conversation is kept; 0 for ever. */
    readonly retention: number;
  };
}

/** How many conversations one run erases at most of each service number: it has to end well within a function's time. */
const mostErased = 100;

/** Erases the conversations that have been quiet for longer than they are kept; what is left over waits for the next run. */
export async function applyRetention(reach: Retaining): Promise<void> {
  const { clock, inbox, log, settings } = reach;
  if (settings.retention === 0) return;
  const before = ticksOf(clock.now() - settings.retention);
  for (const service of settings.serviceNumbers.keys()) {
    const rows = await inbox.before(service, before, mostErased);
    for (const { key } of rows.items) {
      const quiet = await standingAt(service, key, reach);
      if (quiet !== undefined) await eraseConversation(quiet.id, 'retention', reach);
    }
    if (rows.items.length > 0) log('info', 'retention.applied', { conversations: rows.items.length });
  }
}
