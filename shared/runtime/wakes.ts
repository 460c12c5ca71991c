import { watchCall } from '../calls/watchCall.ts';
import type { QueuedWake } from '../conversations/wakeQueue.ts';
import { putBack, settle } from '../sms/settle.ts';
import { wakeUp } from '../sms/wakeUp.ts';
import type { Services } from './services.ts';
import { tellOfMessage } from './tell.ts';

/** Answers whatever comes back from the queue of wakes, and tells what became of the message it was for. */
export async function answerWake(wake: QueuedWake, services: Services): Promise<void> {
  if ('tell' in wake) return services.told.publishAgain(wake.tell);
  if ('call' in wake) return watchCall(wake, services);
  await wakeUp(wake, services);
  if ('key' in wake) await tellOfMessage(wake, services);
}

/**
 * Events that could not even be put off wait on; a message whose wake failed too often is ended, and that is told. One that comes
 * again, because whoever had it died or failed, is put back before anything else is tried.
 */
export async function answerPoisonedWake(wake: QueuedWake, services: Services, times: number): Promise<void> {
  if (times > 1) {
    services.log('error', 'wake.put-back', { alarm: true });
    return putBack(wake, services);
  }
  if ('tell' in wake) return services.told.publishAgain(wake.tell);
  // Its watch goes on: a call that nobody looks after must still end.
  if ('call' in wake) return services.wakes.arm(wake, services.clock.now() + services.callSettings.watchEvery);
  await settle(wake, services);
  if ('key' in wake) await tellOfMessage(wake, services);
}
