import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Ticks } from '../core/time.ts';
import type { ConsentTimes } from './consent.ts';
import type { Raised } from './flags.ts';
import type { InboxKey } from './keys.ts';

/** Who answers the subscriber: the bot by its playbook, or a person, until `modeUntil`. */
export type Mode = 'bot' | 'agent';

/** The one row that stands for a conversation; every commit is made under its ETag. */
export interface Head extends ConsentTimes {
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  /** The instant of the latest entry. */
  readonly last: Ticks;
  /** The latest text, cut to 80 characters. */
  readonly preview: string;
  /** The instant of the latest inbound message, and up to where an agent has read; unread while the first is later. */
  readonly lastInbound?: Ticks | undefined;
  readonly readTo?: Ticks | undefined;
  readonly flags: readonly Raised[];
  readonly mode: Mode;
  /** Milliseconds since 1970; an agent's hold returns to the bot by itself. */
  readonly modeUntil?: number | undefined;
  /** When the latest automatic replies were decided, milliseconds since 1970, oldest first, as many as the budget counts. */
  readonly replies: readonly number[];
  /** What the latest texts have cost, as `segmentCaps.ts` writes it: the cap for a subscriber is counted here. */
  readonly spent?: string | undefined;
  /** Where the inbox row should stand. */
  readonly inboxKey: InboxKey;
  /** Entries of this instant and before it were erased; none may come back. */
  readonly erasedAt?: Ticks | undefined;
}

/** What stays of a conversation that was erased, until the subscriber texts again: consent, and what keeps late events out. */
export interface ErasedHead extends ConsentTimes {
  readonly service: PhoneNumber;
  /** The same as `erasedAt`: what comes later stands after it. */
  readonly last: Ticks;
  readonly erasedAt: Ticks;
  /** The inbox row that is still to be taken away. */
  readonly inboxKey?: InboxKey | undefined;
  readonly subscriber?: undefined;
}

export type AnyHead = Head | ErasedHead;

/** The head, unless all that it stood for was erased. */
export const standing = (head: AnyHead | undefined): Head | undefined =>
  head?.subscriber === undefined ? undefined : head;

type Beginning = Pick<Head, 'mode' | 'flags' | 'replies' | 'stopAt' | 'goAt' | 'erasedAt'>;

/** What the next head keeps of the one before it; of an erased one only consent and when it was erased. */
export function keptOf(before: AnyHead | undefined): Head | Beginning {
  const head = standing(before);
  if (head !== undefined) return head;
  const fresh = { mode: 'bot', flags: [], replies: [] } as const;
  if (before === undefined) return fresh;
  const { stopAt, goAt, erasedAt } = before;
  return { ...fresh, stopAt, goAt, erasedAt };
}

export const modeAt = (head: Pick<Head, 'mode' | 'modeUntil'>, now: number): Mode =>
  head.mode === 'agent' && (head.modeUntil === undefined || now < head.modeUntil) ? 'agent' : 'bot';

export const isUnread = (head: Pick<Head, 'lastInbound' | 'readTo'>): boolean =>
  head.lastInbound !== undefined && (head.readTo === undefined || head.lastInbound > head.readTo);
