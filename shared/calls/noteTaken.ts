import type { CallEntry, CallFacts } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import type { CallServices } from './callServices.ts';
import { callAt } from './callStore.ts';
import type { CallRef } from './recordings.ts';

const tries = 5;

/**
 * Writes down that the provider took the call's command, and what its answer told. Events of the command may have overtaken the
 * answer and brought later commands: that those were taken must not be forgotten.
 */
export async function noteTaken(
  ref: CallRef,
  taken: Versioned<CallEntry>,
  answer: CallFacts,
  { store }: Pick<CallServices, 'store'>,
): Promise<void> {
  let read: Versioned<CallEntry> | undefined = taken;
  for (let n = 0; n < tries; n++) {
    if (read === undefined) return;
    const value = withAnswer(read.value, taken.value.command, answer);
    if ((await store.judge(ref.conversation, { value, etag: read.etag })) !== undefined) return;
    read = await callAt(ref, store);
  }
  // At worst the command is given again.
  await store.learn(ref.conversation, ref.key, answer);
}

/** An answer that leaves something out takes nothing away. */
function withAnswer(call: CallEntry, command: number, answer: CallFacts): CallEntry {
  const told = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
  return { ...call, ...told, issued: Math.max(call.issued ?? 0, command) };
}
