import { isoOf, type Ticks, ticksOf } from '../core/time.ts';
import { type Consent, type ConsentChange, consentOf } from './consent.ts';
import type { Flag } from './flags.ts';
import { type Head, isUnread, type Mode, modeAt } from './head.ts';
import type { ConversationId } from './keys.ts';

/** A conversation as an agent is shown it. Numbers are whole, as is an agent's right; instants are ISO 8601 in UTC. */
export interface ConversationView {
  readonly id: string;
  readonly service: string;
  readonly subscriber: string;
  readonly lastAt: string;
  readonly preview: string;
  readonly unread: boolean;
  readonly readTo?: string | undefined;
  readonly flags: readonly Flag[];
  /** Which entries each flag stands for, as far as it is kept. */
  readonly flagged: readonly { readonly flag: Flag; readonly entries: readonly string[] }[];
  readonly mode: Mode;
  readonly modeUntil?: string | undefined;
  readonly consent: Consent;
}

export interface ConsentChangeView {
  readonly consent: Consent;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** `now` in milliseconds: an agent's hold ends by itself. */
export function conversationView(id: ConversationId, head: Head, now: number): ConversationView {
  const mode = modeAt(head, now);
  return {
    id,
    service: head.service,
    subscriber: head.subscriber,
    lastAt: isoOf(head.last),
    preview: head.preview,
    unread: isUnread(head),
    readTo: head.readTo === undefined ? undefined : isoOf(head.readTo),
    flags: head.flags.map(({ flag }) => flag),
    flagged: head.flags.map(({ flag, entries }) => ({ flag, entries })),
    mode,
    modeUntil: mode === 'agent' && head.modeUntil !== undefined ? isoOf(ticksOf(head.modeUntil)) : undefined,
    consent: consentOf(head),
  };
}

/** Up to when a conversation was erased. */
export const erasedView = (erasedAt: Ticks) => ({ erasedAt: isoOf(erasedAt) });

export const consentChangeView = ({ consent, at, by, reason }: ConsentChange): ConsentChangeView => ({
  consent,
  at: isoOf(at),
  by,
  reason,
});
