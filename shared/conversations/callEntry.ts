import type { Ticks } from '../core/time.ts';
import type { EntryKey } from './keys.ts';

/**
 * How a call ended. `missed`: nobody answered; `abandoned`: the caller hung up before choosing anything; `failed`: it could
 * not be answered or made, with the reason in words.
 */
export const callOutcomes = [
  'answered',
  'missed',
  'rejected',
  'redirected',
  'abandoned',
  'transferred',
  'voicemail',
  'failed',
] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** One thing that happened on a call, in the playbook's words. */
export interface CallStepTaken {
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the caller pressed or said there. */
  readonly heard?: string | undefined;
}

/** What was written when a call began, and never changes. */
interface Begun {
  readonly direction: 'call';
  readonly key: EntryKey;
  readonly at: Ticks;
  /** `subscriber`, or `agent:` and the subject of the agent who had the bot call. */
  readonly calledBy: string;
  /** Ties all that the provider says of one call; what logs carry. */
  readonly correlationId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Written only under the row's ETag, by whoever moves the call on. */
interface Moved {
  /** Where it stands, and the command that is to be carried out, as `calls/pending.ts` writes them. */
  readonly state: string;
  /** Numbers the commands of a call from 1; rides along as `operationContext`, so that a duplicate is known. */
  readonly command: number;
  readonly pending?: string | undefined;
  /** The number of the latest command that the provider is known to have taken. */
  readonly issued?: number | undefined;
  /** When the command was first tried, milliseconds since 1970; its repeatability counts from here. */
  readonly firstSentAt: number;
  readonly claimToken?: string | undefined;
  readonly claimUntil?: number | undefined;
  /** JSON, a list of `CallStepTaken`. */
  readonly steps: string;
  /** Keys of the texts that were sent on it, separated by commas. */
  readonly texts?: string | undefined;
  /** JSON, a list of `CallRecording`. */
  readonly recordings?: string | undefined;
  readonly endedAt?: number | undefined;
  readonly outcome?: CallOutcome | undefined;
  readonly endReason?: string | undefined;
}

/** Merged blindly, in whatever order they arrive. Times are milliseconds since 1970. */
export interface CallFacts {
  readonly callConnectionId?: string | undefined;
  readonly serverCallId?: string | undefined;
  readonly connectedAt?: number | undefined;
  /** The provider's id of the latest recording. */
  readonly recordingId?: string | undefined;
  /** Our ids of all that were begun, separated by commas. */
  readonly recordingsBegun?: string | undefined;
  /** Somebody took the call that was passed on, and when that ended. */
  readonly passedOnAt?: number | undefined;
  readonly passedOnUntil?: number | undefined;
}

/** A call on the timeline, and all that is known of it while it lasts: no process remembers anything of a call. */
export interface CallEntry extends Begun, Moved, CallFacts {}

export const stepsOf = ({ steps }: Pick<CallEntry, 'steps'>): readonly CallStepTaken[] => JSON.parse(steps);

export const textsOf = ({ texts }: Pick<CallEntry, 'texts'>): readonly EntryKey[] =>
  (texts?.split(',') ?? []) as EntryKey[];
