import type { CallServices } from './callServices.ts';

/** What the provider tells of a leg over the internet; `at`: milliseconds since 1970. */
export interface LegEvent {
  readonly type: 'joined' | 'ended';
  readonly serverCallId: string;
  readonly at: number;
}

/**
 * Completes the entry of a call that we passed to a user identity: when somebody took it, and when it was over. Calls that we
 * did not pass on are none of ours. Throws for our own storage.
 */
export async function completeCall(leg: LegEvent, { callIndex, store, log }: CallServices): Promise<void> {
  const ref = await callIndex.find(leg.serverCallId);
  if (ref === undefined) return log('info', 'call.leg-ignored', { type: leg.type });
  const facts = leg.type === 'joined' ? { passedOnAt: leg.at } : { passedOnUntil: leg.at };
  await store.learn(ref.conversation, ref.key, facts);
  log('info', `call.leg-${leg.type}`, { ...ref });
}
