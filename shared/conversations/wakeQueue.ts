import * as z from 'zod/mini';
import { type ConversationId, type EntryKey, parseConversationId, parseEntryKey } from './keys.ts';
import { parseWaiting, type Waiting } from './publishing.ts';

/** Makes someone look at an entry at a time. */
export interface EntryWake {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
  /** How often it has looked and found nothing. */
  readonly misses?: number | undefined;
}

/** Makes someone finish the erasing of a conversation. */
export interface EraseWake {
  readonly conversation: ConversationId;
  readonly erase: true;
  /** How often it has looked, whatever it found: what is erased by then need not be what it was armed for. */
  readonly misses?: number | undefined;
}

/** Makes someone look at a call while it lasts. */
export interface CallWake {
  readonly conversation: ConversationId;
  readonly key: EntryKey;
  readonly call: true;
}

export type Wake = EntryWake | EraseWake;

/** Brings back events that other systems could not be told. */
export interface TellWake {
  readonly tell: Waiting;
}

export type QueuedWake = Wake | CallWake | TellWake;

export interface WakeQueue {
  /** `at`: milliseconds since 1970; seen at most a few seconds later. */
  arm(wake: QueuedWake, at: number): Promise<void>;
  /** Puts a wake that could not be settled back among the poisoned ones. */
  armSettling(wake: QueuedWake, at: number): Promise<void>;
}

/** Wakes that failed too often and have not been settled yet. */
export interface PoisonedWakes {
  /** About how many there are, also those that are not to be seen yet. */
  count(): Promise<number>;
}

const body = z.object({
  conversation: z.optional(z.string()),
  tell: z.optional(z.unknown()),
  key: z.optional(z.string()),
  misses: z.optional(z.int().check(z.nonnegative())),
  erase: z.optional(z.literal(true)),
  call: z.optional(z.literal(true)),
});

/** Reads a wake as the queue brings it, parsed from its JSON; `undefined` for what is none. */
export function parseWake(message: unknown): QueuedWake | undefined {
  const { data } = body.safeParse(message);
  const tell = parseWaiting(data?.tell);
  if (tell !== undefined) return { tell };
  const conversation = data?.conversation === undefined ? undefined : parseConversationId(data.conversation);
  if (conversation === undefined) return undefined;
  if (data?.erase) return { conversation, erase: true, misses: data.misses };
  const key = data?.key === undefined ? undefined : parseEntryKey(data.key);
  if (key !== undefined && data?.call) return { conversation, key, call: true };
  return key && { conversation, key, misses: data?.misses };
}
