import type { QueuedWake } from '../conversations/wakeQueue.ts';
import { settle } from '../sms/settle.ts';
import { wakeUp } from '../sms/wakeUp.ts';
import type { Services } from './services.ts';
import { tellOfMessage } from './tell.ts';

/** Answers whatever comes back from the queue of wakes, and tells what became of the message it was for. */
export async function answerWake(wake: QueuedWake, services: Services): Promise<void> {
  if ('tell' in wake) return services.told.publishAgain(wake.tell);
  await wakeUp(wake, services);
  if ('key' in wake) await tellOfMessage(wake, services);
}

/** Events that could not even be put off wait on; a message whose wake failed too often is ended, and that is told. */
export async function answerPoisonedWake(wake: QueuedWake, services: Services): Promise<void> {
  if ('tell' in wake) return services.told.publishAgain(wake.tell);
  await settle(wake, services);
  if ('key' in wake) await tellOfMessage(wake, services);
}
