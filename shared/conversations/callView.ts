import { isoOf, ticksOf } from '../core/time.ts';
import { type CallEntry, type CallOutcome, stepsOf, textsOf } from './callEntry.ts';

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
  readonly recording?: { readonly seconds: number; readonly bytes: number } | undefined;
  /** Why there is no recording though one was made. */
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
  recording: recordingOf(call),
  recordingLost: call.recordingLost,
  passedOnAt: instant(call.passedOnAt),
  passedOnUntil: instant(call.passedOnUntil),
});

function secondsOf({ connectedAt, endedAt }: CallEntry): number | undefined {
  if (connectedAt === undefined || endedAt === undefined) return undefined;
  return Math.max(0, Math.round((endedAt - connectedAt) / 1_000));
}

const recordingOf = ({ recordedMs, recordedBytes }: CallEntry) =>
  recordedMs === undefined ? undefined : { seconds: Math.round(recordedMs / 1_000), bytes: recordedBytes ?? 0 };

const instant = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : isoOf(ticksOf(ms)));
