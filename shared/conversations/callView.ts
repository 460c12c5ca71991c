import { isoOf, ticksOf } from '../core/time.ts';
import { type CallEntry, type CallOutcome, stepsOf, textsOf } from './callEntry.ts';
import { type CallRecording, recordingsOf } from './callRecordings.ts';

/** A recording that is kept, by the id that `getRecording` takes. */
export interface RecordingView {
  readonly id: string;
  readonly seconds: number;
  readonly bytes: number;
}

/** A call as an agent is shown it; instants are ISO 8601 in UTC. */
export interface CallView {
  readonly id: string;
  readonly type: 'call';
  readonly direction: 'inbound' | 'outbound';
  readonly at: string;
  /** `subscriber`, or `agent:` and who. */
  readonly calledBy: string;
  /** Absent while it lasts. */
  readonly outcome?: CallOutcome | undefined;
  readonly reason?: string | undefined;
  readonly connectedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  /** From being answered to its end. */
  readonly seconds?: number | undefined;
  readonly steps: readonly { readonly step: string; readonly at: string; readonly heard?: string | undefined }[];
  /** The texts that were sent on it, by their ids. */
  readonly texts: readonly string[];
  /** The first of `recordings`. */
  readonly recording?: RecordingView | undefined;
  /** All that are kept, in the order in which they were begun. */
  readonly recordings: readonly RecordingView[];
  /** Why a recording that was made, or a part of one, is not kept. */
  readonly recordingLost?: string | undefined;
  /** Of a call passed to a user identity: when somebody took it, and when that ended. */
  readonly passedOnAt?: string | undefined;
  readonly passedOnUntil?: string | undefined;
}

export const callView = (call: CallEntry): CallView => ({
  id: call.key,
  type: 'call',
  direction: call.calledBy === 'subscriber' ? 'inbound' : 'outbound',
  at: isoOf(call.at),
  calledBy: call.calledBy,
  outcome: call.outcome,
  reason: call.endReason,
  connectedAt: instant(call.connectedAt),
  endedAt: instant(call.endedAt),
  seconds: secondsOf(call),
  steps: stepsOf(call).map(({ step, at, heard }) => ({ step, at: isoOf(ticksOf(at)), heard })),
  texts: textsOf(call),
  ...recordingsIn(recordingsOf(call)),
  passedOnAt: instant(call.passedOnAt),
  passedOnUntil: instant(call.passedOnUntil),
});

function secondsOf({ connectedAt, endedAt }: CallEntry): number | undefined {
  if (connectedAt === undefined || endedAt === undefined) return undefined;
  return Math.max(0, Math.round((endedAt - connectedAt) / 1_000));
}

function recordingsIn(all: readonly CallRecording[]) {
  const recordings = all.flatMap(({ id, kept }): RecordingView[] =>
    kept === undefined ? [] : [{ id, seconds: Math.round(kept.ms / 1_000), bytes: kept.bytes }],
  );
  const recordingLost = all.flatMap(({ lost }) => lost ?? []).join(' ') || undefined;
  return { recording: recordings[0], recordings, recordingLost };
}

const instant = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : isoOf(ticksOf(ms)));
