import type { Call, Leg } from '../call.ts';
import type { Desk } from '../desk.ts';
import type { Cancel } from '../pace.ts';
import { type MediaKind, results } from '../rules.ts';
import { tell } from '../tell.ts';
import type { PlaySource } from './playSources.ts';
import type { MediaOperation } from './queue.ts';
import { type Listening, type Reaction, recognizer, type Verdict } from './recognizer.ts';
import { speak } from './speak.ts';

export interface ListenOrder {
  readonly kind: MediaKind;
  readonly listening: Listening;
  readonly prompts: readonly PlaySource[];
  readonly target: Leg;
  /** Whether what is heard during the prompt ends it. */
  readonly interruptPrompt: boolean;
  /** Milliseconds of the real world. */
  readonly initialSilence: number;
  readonly interTone: number;
  readonly endSilence: number;
  readonly operationContext: string | undefined;
  readonly callbackUri: string | undefined;
}

/** Says a prompt and then listens to one leg until it has heard enough, or nothing for too long. */
export function listenOperation(desk: Desk, call: Call, order: ListenOrder): MediaOperation {
  const hear = recognizer(order.listening);
  const { operationContext, callbackUri } = order;
  let phase: 'waiting' | 'prompting' | 'listening' | 'over' = 'waiting';
  let silence: Cancel = () => {};
  let hush: Cancel = () => {};
  let finished: () => void = () => {};

  const end = (verdict: Verdict, more: Readonly<Record<string, unknown>> = {}) => {
    if (phase === 'over') return;
    phase = 'over';
    silence();
    hush();
    const type = results[verdict.result].code === 200 ? 'RecognizeCompleted' : 'RecognizeFailed';
    tell(desk, call, type, { ...verdict.data, ...more, operationContext, result: verdict.result }, callbackUri);
    finished();
  };
  const pause = (ms: number, after: () => void, kind: 'wait' | 'act' = 'wait') => {
    silence();
    silence = desk.pace[kind](ms * desk.dials().calls.waitScale, after);
  };
  const listen = () => {
    phase = 'listening';
    hush();
    pause(order.initialSilence, () => end({ result: 'initialSilence' }));
  };
  const follow = (reaction: Reaction) => {
    if (reaction.type === 'end') end(reaction.verdict);
    else if (reaction.type === 'goOn') pause(order.interTone, () => end({ result: 'interDigit' }));
    else pause(order.endSilence, () => end(reaction.verdict), 'act');
  };

  return {
    kind: order.kind,
    begin(done) {
      finished = done;
      phase = 'prompting';
      if (order.prompts.length === 0) return listen();
      hush = speak(desk, call, {
        sources: order.prompts,
        to: call.legs.length > 1 ? [order.target.identifier.rawId] : undefined,
        onEnd: listen,
        onFail: (_result, failedPlaySourceIndex) => end({ result: 'promptFailed' }, { failedPlaySourceIndex }),
      });
    },
    cancel(tells) {
      phase = 'over';
      silence();
      hush();
      if (tells) tell(desk, call, 'RecognizeCanceled', { operationContext, result: 'operationCancelled' }, callbackUri);
    },
    hear(heard) {
      if (heard.from !== order.target.identifier.rawId || phase === 'over') return;
      if (phase === 'prompting' && !order.interruptPrompt) return;
      const reaction = hear(heard);
      if (reaction === undefined) return;
      if (phase === 'prompting') listen();
      follow(reaction);
    },
  };
}
