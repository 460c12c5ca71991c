import type { Call } from '../call.ts';
import type { Desk } from '../desk.ts';
import type { Cancel } from '../pace.ts';
import type { MediaKind } from '../rules.ts';
import { tell } from '../tell.ts';
import type { PlaySource } from './playSources.ts';
import type { MediaOperation } from './queue.ts';
import { speak } from './speak.ts';

export interface SayOrder {
  readonly kind: MediaKind;
  readonly sources: readonly PlaySource[];
  /** Raw ids; absent: everybody. */
  readonly to: readonly string[] | undefined;
  readonly loop: boolean;
  readonly operationContext: string | undefined;
  readonly callbackUri: string | undefined;
}

/** Says something, and tells that it began and how it ended. */
export function sayOperation(desk: Desk, call: Call, order: SayOrder): MediaOperation {
  const { sources, to, loop, operationContext, callbackUri } = order;
  const told = (type: string, more: Parameters<typeof tell>[3]) =>
    tell(desk, call, type, { operationContext, ...more }, callbackUri);
  let hush: Cancel = () => {};
  return {
    kind: order.kind,
    begin(done) {
      hush = speak(desk, call, {
        sources,
        to,
        loop,
        onStart: () => told('PlayStarted', { result: 'done' }),
        onEnd() {
          told('PlayCompleted', { result: 'done' });
          done();
        },
        onFail(result, failedPlaySourceIndex) {
          told('PlayFailed', { result, failedPlaySourceIndex });
          done();
        },
      });
    },
    cancel(tells) {
      hush();
      if (tells) told('PlayCanceled', { result: 'operationCancelled' });
    },
  };
}
