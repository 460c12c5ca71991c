import type { CallEntry } from '../conversations/callEntry.ts';
import { consentOf } from '../conversations/consent.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import { type Head, standing } from '../conversations/head.ts';
import { advanceCall } from './advanceCall.ts';
import type { CallServices } from './callServices.ts';
import { noteTaken } from './noteTaken.ts';
import { identityOf } from './orderOf.ts';
import { standingOf } from './pending.ts';
import type { CallRef } from './recordings.ts';

type Numbers = Pick<Head, 'service' | 'subscriber'>;

/** Has the provider make a call that we have claimed. While it is not known to have taken it, a wake tries again. */
export async function makeCall(
  ref: CallRef,
  claimed: Versioned<CallEntry>,
  { service, subscriber }: Numbers,
  services: CallServices,
): Promise<void> {
  const { calls, callSettings, addresses, log } = services;
  const opening = { callbackUrl: addresses.callback(ref), speech: callSettings.speech };
  const order = { type: 'create', from: service, to: subscriber, ...opening } as const;
  const outcome = await calls.carryOut(order, identityOf(claimed.value), callSettings.deadline);
  log(outcome.type === 'accepted' ? 'info' : 'warn', `call.create.${outcome.type}`, { ...ref });
  switch (outcome.type) {
    case 'accepted': {
      const { callConnectionId, serverCallId } = outcome;
      return noteTaken(ref, claimed, { callConnectionId, serverCallId }, services);
    }
    case 'refused':
    case 'over':
      return fail(ref, outcome.reason, services);
    case 'later':
    case 'ambiguous':
      await services.wakes.arm({ ...ref, call: true }, claimed.value.claimUntil ?? services.clock.now());
  }
}

/** A call of ours that the provider is not known to have taken, and of which it has told nothing. */
export const isUnmade = (call: CallEntry): boolean =>
  call.calledBy !== 'subscriber' &&
  call.issued === undefined &&
  call.callConnectionId === undefined &&
  standingOf(call).state.doing === 'connecting';

/**
 * Makes a call whose maker died, or was told nothing: under the same repeatability id, so that it rings once, and only while
 * the provider remembers that; after that it has failed. In other hands, it is left to them.
 */
export async function makeAgain(
  ref: CallRef,
  { value: call, etag }: Versioned<CallEntry>,
  services: CallServices,
): Promise<void> {
  const { store, rand, clock, callSettings } = services;
  const now = clock.now();
  if ((call.claimUntil ?? 0) > now) return;
  const head = standing((await store.head(ref.conversation))?.value);
  if (head === undefined) return;
  const why = givenUp(call, head, services);
  if (why !== undefined) return fail(ref, why, services);
  const claimed = { ...call, claimToken: rand.token(), claimUntil: now + callSettings.lease };
  const written = await store.judge(ref.conversation, { value: claimed, etag });
  if (written !== undefined) await makeCall(ref, { value: claimed, etag: written }, head, services);
}

/** Why it is not tried again, in words. */
function givenUp({ firstSentAt }: CallEntry, head: Head, { clock, settings }: CallServices): string | undefined {
  if (consentOf(head) === 'revoked') return 'It was given up: the subscriber opted out before it was known to be made.';
  const window = settings.ambiguousSends === 'never' ? 0 : settings.epochWindow;
  if (clock.now() <= firstSentAt + window) return undefined;
  return 'It is not known to have been made: the provider gave no answer in time.';
}

const fail = (ref: CallRef, reason: string, services: CallServices): Promise<void> =>
  advanceCall(ref, { event: { type: 'disconnected' }, end: { outcome: 'failed', reason } }, services);
