import { consentOf } from '../conversations/consent.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import type { Head } from '../conversations/head.ts';
import { type Cause, type ConversationId, entryIdOf, entryKeyOf, inboxKeyOf } from '../conversations/keys.ts';
import { previewOf } from '../conversations/preview.ts';
import { isE164 } from '../core/phoneNumbers.ts';
import { asTicks, later, ticksOf } from '../core/time.ts';
import { admitReply } from './admit.ts';
import { compose } from './compose.ts';
import { budgetLeft, repliesWith } from './replyBudget.ts';
import type { Taken } from './segmentAllowance.ts';
import { type Attempt, type Ending, ended } from './sendPolicy.ts';
import type { SmsServices } from './smsServices.ts';

/** A text that no message asked for, but something else that the subscriber did, such as a call. */
export interface TextDraft {
  readonly conversation: ConversationId;
  readonly cause: Cause;
  readonly text: string;
  readonly author: string;
}

export interface DraftedText {
  readonly message: OutboundMessage;
  /** The head with the text on it. */
  readonly head: Head;
  /** Segments of the day, to be given back if the commit does not come about. */
  readonly taken?: Taken | undefined;
}

/**
 * Composes such a text, claimed by the attempt, and what it changes of the head. One that consent, the reply budget or a limit
 * forbids is kept all the same, ended with the reason. Throws only for our own storage, and `busy`.
 */
export async function draftText(
  draft: TextDraft,
  head: Head,
  attempt: Attempt,
  services: SmsServices,
): Promise<DraftedText> {
  const at = later(ticksOf(attempt.now), asTicks(head.last + 1n));
  const key = entryKeyOf(at, 'other', entryIdOf(draft.cause));
  const { text, author } = draft;
  const composed = compose({ key, text, purpose: 'call', author }, attempt, services.settings);
  const barred = barrier(head, attempt.now, services);
  const { service, subscriber } = head;
  const admitted =
    barred === undefined
      ? await admitReply({ message: composed, service, subscriber, head }, services)
      : { message: ended(composed, barred), spent: head.spent };
  const after: Head = {
    ...head,
    last: at,
    preview: previewOf(text),
    replies: repliesWith(head, attempt.now, services.settings.replyBudget),
    inboxKey: inboxKeyOf(at, draft.conversation),
    ...(admitted.spent !== undefined && { spent: admitted.spent }),
  };
  return { message: admitted.message, head: after, taken: admitted.taken };
}

function barrier(head: Head, now: number, { settings }: SmsServices): Ending | undefined {
  if (consentOf(head) === 'revoked') return { code: 'opted-out', reason: 'Not sent: the subscriber has opted out.' };
  if (!isE164(head.subscriber) || settings.serviceNumbers.has(head.subscriber))
    return { code: 'not-textable', reason: 'Not sent: no text can reach this number.' };
  if (!budgetLeft(head, now, settings.replyBudget))
    return {
      code: 'reply-budget',
      reason: 'Not sent: the conversation has had all the automatic replies it may have for now.',
    };
  return undefined;
}
