import { advanceCall } from '../calls/advanceCall.ts';
import type { CallServices } from '../calls/callServices.ts';
import type { CallRef } from '../calls/recordings.ts';
import type { Config } from '../config.ts';
import { readSignals } from '../events/callSignals.ts';
import { checkCallbackSecret } from './callSettings.ts';

/** What was posted to the address that was made for a call. */
interface Callback {
  readonly ref: CallRef;
  readonly secret: string;
  readonly body: unknown;
}

type Services = CallServices & { readonly config: Pick<Config, 'CONVERSATION_KEY'> };

/** Moves a call on by every event that was told, in their order. Throws `not-found` unless the secret is the call's, and as `advanceCall` does. */
export async function takeCallback({ ref, secret, body }: Callback, services: Services): Promise<void> {
  checkCallbackSecret(secret, ref, services.config.CONVERSATION_KEY);
  for (const signal of readSignals(body)) {
    if (signal.type === 'ours') await advanceCall(ref, signal.value, services);
    else services.log('info', 'call.event-ignored', { ...ref, why: signal.reason });
  }
}
