import { repeatabilityIdOf } from '../conversations/keys.ts';
import { AppError } from '../core/errors.ts';
import type { CallServices } from './callServices.ts';
import type { CallRef } from './recordings.ts';

/** Commands of a call are numbered from 1. */
const number = 0;

/**
 * Hangs up on a call that nobody looks after any more: erased, or ended on the timeline though it stands. Throws `busy` while
 * the provider cannot be told: the event then comes again.
 */
export async function letGo(
  ref: CallRef,
  callConnectionId: string,
  { calls, callSettings, clock, log }: CallServices,
): Promise<void> {
  const repeatabilityId = repeatabilityIdOf(ref.key, number);
  const identity = { operationContext: String(number), repeatabilityId, firstSentAt: clock.now() };
  const outcome = await calls.carryOut({ type: 'hangUp', callConnectionId }, identity, callSettings.deadline);
  log('warn', `call.let-go.${outcome.type}`, { ...ref });
  if (outcome.type === 'later' || outcome.type === 'ambiguous')
    throw new AppError('busy', `The call goes on, and nobody looks after it: ${outcome.reason}`);
}
