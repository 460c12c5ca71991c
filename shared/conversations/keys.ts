import { digest, keyedDigest, uuidFrom } from '../core/hash.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { asTicks, type Ticks } from '../core/time.ts';

declare const conversationId: unique symbol;
declare const entryId: unique symbol;
declare const entryKey: unique symbol;
declare const inboxKey: unique symbol;
declare const recordingId: unique symbol;

/** 22 base64url characters; tells no number to whoever lacks `CONVERSATION_KEY`. */
export type ConversationId = string & { readonly [conversationId]: never };
/** 16 base64url characters, made from what caused the entry, so that the same cause can never make two. */
export type EntryId = string & { readonly [entryId]: never };
/** Where an entry stands on its timeline; 35 characters, ascending order is latest first. */
export type EntryKey = string & { readonly [entryKey]: never };
/** Where a conversation stands in its service number's inbox; 39 characters, ascending order is latest first. */
export type InboxKey = string & { readonly [inboxKey]: never };
/** 16 base64url characters, made from the provider's id of a recording. */
export type RecordingId = string & { readonly [recordingId]: never };

/** What made an entry. Foreign ids go in here and into columns, never into keys as they are. */
export type Cause =
  | { readonly type: 'inbound'; readonly messageId: string }
  | { readonly type: 'replyTo'; readonly messageId: string }
  | { readonly type: 'request'; readonly caller: string; readonly key: string }
  | { readonly type: 'resend'; readonly of: EntryKey; readonly number: number }
  | { readonly type: 'call'; readonly correlationId: string }
  /** The n-th text of a step of a call, named by the command that came with it. */
  | {
      readonly type: 'callText';
      readonly call: EntryKey;
      readonly command: number;
      readonly ends: boolean;
      readonly number: number;
    };

/** A reply takes its inbound message's instant and stands after it: of two keys of one instant the lower rank is the later. */
export type Rank = 'reply' | 'other';

const highest = 99_999_999_999_999_999n;
const ranks: Readonly<Record<Rank, string>> = { reply: '0', other: '1' };
const keyForm = /^e(\d{17})([01])([\w-]{16})$/;
const recordingForm = /^[\w-]{16}$/;
const conversationForm = /^[\w-]{22}$/;
const tagForm = /^([\w-]{22})\.(e\d{17}[01][\w-]{16})$/;

export const conversationIdOf = (secret: string, service: PhoneNumber, subscriber: PhoneNumber): ConversationId =>
  keyedDigest(secret, `${service}|${subscriber}`, 16) as ConversationId;

export const entryIdOf = (cause: Cause): EntryId => digest(JSON.stringify(Object.entries(cause).sort()), 12) as EntryId;

export const entryKeyOf = (at: Ticks, rank: Rank, id: EntryId): EntryKey =>
  `e${reversed(at)}${ranks[rank]}${id}` as EntryKey;

/** Where the entries of an instant begin; what stands from there on is of that instant or earlier. */
export const firstKeyAt = (at: Ticks): string => `e${reversed(at)}`;

/** The same for inboxes. */
export const firstInboxKeyAt = (at: Ticks): string => reversed(at);

export const inboxKeyOf = (at: Ticks, id: ConversationId): InboxKey => `${reversed(at)}${id}` as InboxKey;

export const conversationOf = (key: InboxKey): ConversationId => key.slice(17) as ConversationId;

export const atOf = (key: EntryKey): Ticks => asTicks(highest - BigInt(key.slice(1, 18)));

/** Hash of the caller and its Idempotency-Key: the row that makes a repeated request find its first one. */
export const requestKeyOf = (caller: string, key: string): string => `k${digest(JSON.stringify([caller, key]), 16)}`;

export const consentKeyOf = (at: Ticks, cause: string): string => `c${reversed(at)}${digest(cause, 12)}`;

/** Our reference on a text, returned in its delivery report: 58 characters that lead to the entry without a look-up. */
export const tagOf = (conversation: ConversationId, key: EntryKey): string => `${conversation}.${key}`;

export function parseTag(tag: string): { readonly conversation: ConversationId; readonly key: EntryKey } | undefined {
  const [, conversation, key] = tagForm.exec(tag) ?? [];
  if (conversation === undefined || key === undefined) return undefined;
  return { conversation: conversation as ConversationId, key: key as EntryKey };
}

export const parseConversationId = (text: string): ConversationId | undefined =>
  conversationForm.test(text) ? (text as ConversationId) : undefined;

export const parseEntryKey = (text: string): EntryKey | undefined =>
  keyForm.test(text) ? (text as EntryKey) : undefined;

export const recordingIdOf = (providerId: string): RecordingId => digest(providerId, 12) as RecordingId;

export const parseRecordingId = (text: string): RecordingId | undefined =>
  recordingForm.test(text) ? (text as RecordingId) : undefined;

/** The id under which the provider recognises a repeated send. One epoch, one id. */
export const repeatabilityIdOf = (key: EntryKey, epoch: number): string => uuidFrom(`${key}|${epoch}`);

const reversed = (at: Ticks): string => (highest - at).toString().padStart(17, '0');
