import { withConsent } from '../conversations/consent.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { followHead } from '../conversations/followHead.ts';
import { type AnyHead, standing } from '../conversations/head.ts';
import type { ConversationId } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import { flagFor, flaggedFor } from './flagFor.ts';
import { optOutOf } from './optOut.ts';
import type { SmsServices } from './smsServices.ts';

/** What we conclude of a message, to be written under the ETag that it had when it was read or claimed. */
export interface Judgement {
  readonly conversation: ConversationId;
  readonly message: OutboundMessage;
  readonly etag: string | undefined;
  /** The provider refused it because the subscriber has opted out. */
  readonly optedOut?: boolean;
}

/** `lost`: the message is no longer what was read, so somebody has to look at it again. */
export type Judged = 'done' | 'lost';

type Reach = Pick<SmsServices, 'store' | 'inbox' | 'settings'>;

const tries = 20;

/**
 * Writes a judgement down. What an ended message asks of a person, and the opt-out that a refusal teaches, go into the head in
 * the same transaction, so that no crash comes between them. Throws for our own storage, and `busy` when the head keeps changing.
 */
export async function judge(judgement: Judgement, reach: Reach): Promise<Judged> {
  const { conversation, message, etag, optedOut = false } = judgement;
  if (!optedOut && flagFor(message) === undefined) return judgeAlone(judgement, reach);
  const { store, inbox } = reach;
  for (let n = 0; n < tries; n++) {
    const head = await store.head(conversation);
    if (head === undefined) return judgeAlone(judgement, reach);
    const consent = optedOut ? optOutOf(message, reach.settings) : undefined;
    const value = headAfter(head.value, judgement, reach);
    const judging = { value: message, etag };
    const changed = { conversation, head: { value, etag: head.etag }, judge: judging, consent };
    if ((await store.commit(changed)).type === 'committed') {
      await followHead(head.value, value, inbox);
      return 'done';
    }
    if ((await store.entry(conversation, message.key))?.etag !== etag) return 'lost';
  }
  throw new AppError('busy', 'The conversation keeps changing; the message will be looked at again.');
}

async function judgeAlone({ conversation, message, etag }: Judgement, { store }: Reach): Promise<Judged> {
  return (await store.judge(conversation, { value: message, etag })) === undefined ? 'lost' : 'done';
}

/** Of what was erased, or is about to be, no head says anything but the opt-out. */
function headAfter(head: AnyHead, { message, optedOut }: Judgement, { settings }: Reach): AnyHead {
  const known = standing(head);
  const stands = known !== undefined && (known.erasedAt ?? -1n) < message.at;
  const flagged = stands ? flaggedFor(known, message, optedOut) : head;
  return optedOut ? withConsent(flagged, optOutOf(message, settings)) : flagged;
}
