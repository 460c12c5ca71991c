import { answerCall } from '../calls/answerCall.ts';
import { completeCall } from '../calls/completeCall.ts';
import { keepRecording } from '../calls/keepRecording.ts';
import { callLifecycle } from '../events/callLifecycle.ts';
import { incomingCall } from '../events/incomingCall.ts';
import { recordingReady } from '../events/recordingReady.ts';
import { type EventHandler, handlerOf } from './eventHandler.ts';

/** The same of calls; apart, so that the first text loads nothing of them. */
export const callEvents = {
  incomingCall: handlerOf(incomingCall, answerCall),
  recordingReady: handlerOf(recordingReady, keepRecording),
  callLifecycle: handlerOf(callLifecycle, completeCall),
} as const satisfies Readonly<Record<string, EventHandler>>;
