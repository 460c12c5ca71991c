import type { CallEntry } from '../conversations/callEntry.ts';
import { missingRecordings, withRecordings } from '../conversations/callRecordings.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import type { CallServices } from './callServices.ts';
import type { CallRef } from './recordings.ts';

/**
 * The provider keeps a recording for 24 h
 * (https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording); an hour more for clocks,
 * and for files that were slow to be made.
 */
const keptThere = 25 * 3_600_000;

/**
 * Waits for the recordings of a call that is over, and says of those that nobody told us of that they are lost, when the provider
 * has them no longer. Throws for our own storage: the wake then comes again.
 */
export async function missRecordings(
  ref: CallRef,
  { value: call, etag }: Versioned<CallEntry>,
  { store, wakes, clock, callSettings, log }: CallServices,
): Promise<void> {
  const missing = missingRecordings(call);
  if (missing.length === 0) return;
  const now = clock.now();
  const until = (call.endedAt ?? now) + keptThere;
  const wait = (at: number) => wakes.arm({ ...ref, call: true }, at);
  if (now < until) return wait(until);
  const lost = 'A recording is lost: the provider never said that it was ready, and keeps none for longer than a day.';
  const value = withRecordings(
    call,
    missing.map((id) => ({ id, lost })),
  );
  if ((await store.judge(ref.conversation, { value, etag })) === undefined) return wait(now + callSettings.watchEvery);
  log('error', 'call.recording-lost', { ...ref, recordings: missing.length, alarm: true });
}
