import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { asTicks, type Ticks } from '../core/time.ts';
import { type Consent, withConsent } from './consent.ts';
import type { ConversationStore } from './conversationStore.ts';
import { followHead } from './followHead.ts';
import type { AnyHead } from './head.ts';
import type { Inbox } from './inbox.ts';
import { conversationIdOf } from './keys.ts';

/** What another system knows of a pair of numbers. */
export interface ImportedConsent {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly consent: Consent;
  readonly at: Ticks;
  readonly reason: string;
}

export interface Imported {
  readonly changed: number;
  readonly unchanged: number;
}

interface Reach {
  readonly store: Pick<ConversationStore, 'head' | 'commit'>;
  readonly inbox: Pick<Inbox, 'move' | 'touch'>;
  readonly log: Logger;
  readonly settings: { readonly conversationKey: string };
}

/** How many are written side by side. */
const atOnce = 16;
const tries = 5;

/**
 * Takes over consent from another system, each by its own time, so that what happened here since keeps its effect. Safe to
 * repeat. `by` is kept in the history. Throws `busy`, and for our own storage; what was taken by then stays taken.
 */
export async function importConsents(
  consents: readonly ImportedConsent[],
  by: string,
  reach: Reach,
): Promise<Imported> {
  let changed = 0;
  for (let from = 0; from < consents.length; from += atOnce) {
    const taken = await Promise.all(consents.slice(from, from + atOnce).map((consent) => take(consent, by, reach)));
    changed += taken.filter(Boolean).length;
  }
  reach.log('info', 'consents.imported', { by, changed, unchanged: consents.length - changed });
  return { changed, unchanged: consents.length - changed };
}

async function take(imported: ImportedConsent, by: string, { store, inbox, settings }: Reach): Promise<boolean> {
  const { service, subscriber, consent, at, reason } = imported;
  const conversation = conversationIdOf(settings.conversationKey, service, subscriber);
  for (let n = 0; n < tries; n++) {
    const head = await store.head(conversation);
    const before: AnyHead = head?.value ?? { service, last: beginning, erasedAt: beginning };
    const after = withConsent(before, { consent, at });
    if (after === before) return false;
    const change = { consent, at, by, reason, source: `import ${consent} ${at}` };
    const result = await store.commit({ conversation, head: { value: after, etag: head?.etag }, consent: change });
    if (result.type !== 'committed') continue;
    await followHead(before, after, inbox);
    return true;
  }
  throw new AppError('busy', 'A conversation keeps changing; send the file again.');
}

/** Of a pair that never had a conversation nothing stands, as after an erase at the beginning of time. */
const beginning = asTicks(0n);
