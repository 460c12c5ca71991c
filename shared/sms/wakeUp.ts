import { finishErase } from '../conversations/eraseConversation.ts';
import type { Wake } from '../conversations/wakeQueue.ts';
import { lookAt } from './lookAt.ts';
import type { SmsServices } from './smsServices.ts';

/**
 * Answers a wake. One that finds no entry, or perhaps an older erase than its own, looks once more later: whoever armed it
 * may have been slow to commit, and by then can no longer. Throws only for our own storage: the wake then comes again.
 */
export async function wakeUp(wake: Wake, services: SmsServices): Promise<void> {
  if ('erase' in wake) await finishErase(wake.conversation, services);
  else if ((await lookAt(wake, services)) === 'done') return;
  if ((wake.misses ?? 0) > 0) return;
  const { clock, settings, wakes } = services;
  await wakes.arm({ ...wake, misses: 1 }, clock.now() + settings.lookAgain);
}
