import type { OutboundMessage } from '../conversations/entry.ts';
import type { EntryKey } from '../conversations/keys.ts';
import { atOf } from '../conversations/keys.ts';
import { foldPunctuation, measure } from './segments.ts';
import { type Attempt, ended, firstClaim, tooOld } from './sendPolicy.ts';
import type { SmsSettings } from './smsServices.ts';

export type Draft = Pick<OutboundMessage, 'text' | 'purpose' | 'author' | 'replyTo' | 'resendOf'> & {
  readonly key: EntryKey;
};

/** A new outbound message, already claimed by whoever makes it; one that is too old to leave is born ended, with its reason. */
export function compose(draft: Draft, attempt: Attempt, settings: SmsSettings): OutboundMessage {
  const text = settings.foldPunctuation ? foldPunctuation(draft.text) : draft.text;
  const message: OutboundMessage = {
    ...draft,
    ...measure(text),
    ...firstClaim(attempt, settings),
    direction: 'outbound',
    at: atOf(draft.key),
    text,
    createdAt: attempt.now,
  };
  const expired = tooOld(message, attempt.now, settings);
  return expired === undefined ? message : ended(message, expired);
}
