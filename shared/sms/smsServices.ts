import type { ConversationStore } from '../conversations/conversationStore.ts';
import type { Erasure } from '../conversations/erasure.ts';
import type { Inbox } from '../conversations/inbox.ts';
import type { WakeQueue } from '../conversations/wakeQueue.ts';
import type { Logger } from '../core/logger.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Rand } from '../core/rand.ts';
import type { Clock } from '../core/time.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Responder } from '../playbook/responder.ts';
import type { LimitSettings } from './limitSettings.ts';
import type { NumberKind } from './numberKinds.ts';
import type { SegmentAllowance } from './segmentAllowance.ts';
import type { SmsSender } from './smsSender.ts';

/** What to do with a send that may have left: give up at once, try again while the provider remembers its id, or always. */
export type AmbiguousSends = 'never' | 'window' | 'always';

/** The protocol's times, all in milliseconds, and its few choices. `docs/settings.md` says what each is for. */
export interface SmsSettings extends LimitSettings {
  readonly conversationKey: string;
  /** Our own numbers, each with who answers STOP and HELP on it. */
  readonly serviceNumbers: ReadonlyMap<PhoneNumber, NumberKind>;
  readonly ambiguousSends: AmbiguousSends;
  readonly foldPunctuation: boolean;
  readonly replyBudget: { readonly replies: number; readonly within: number };
  readonly agentHold: number;
  /** 0: for ever. */
  readonly retention: number;
  readonly lease: number;
  readonly sendDeadline: number;
  readonly sendMargin: number;
  readonly epochWindow: number;
  readonly firstSentMargin: number;
  readonly clockTolerance: number;
  readonly replyMaxAge: number;
  readonly messageMaxAge: number;
  readonly confirmationMaxAge: number;
  readonly watchdog: number;
  readonly commitWithin: number;
  readonly lookAgain: number;
  readonly requestKept: number;
}

/** Everything the SMS use cases reach the world through. */
export interface SmsServices {
  readonly store: ConversationStore;
  readonly inbox: Inbox;
  readonly erasure: Erasure;
  readonly wakes: WakeQueue;
  readonly sender: SmsSender;
  readonly allowance: SegmentAllowance;
  readonly playbook: Playbook;
  readonly responders: readonly Responder[];
  readonly clock: Clock;
  readonly rand: Rand;
  readonly log: Logger;
  readonly settings: SmsSettings;
}
