import type { Call, Leg } from '../call.ts';
import type { Desk } from '../desk.ts';
import type { Cancel } from '../pace.ts';
import { type MediaKind, type ResultName, results } from '../rules.ts';
import { tell } from '../tell.ts';
import type { PlaySource } from './playSources.ts';
import type { Heard, MediaOperation } from './queue.ts';
import { type Listening, recognizer, type Verdict } from './recognizer.ts';
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
  const hearing = recognizer(order.listening);
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
  const failAfter = (ms: number, result: ResultName) => {
    silence();
    silence = desk.pace.wait(ms * desk.dials().calls.waitScale, () => end({ result }));
  };
  const listen = () => {
    phase = 'listening';
    hush();
    failAfter(order.initialSilence, 'initialSilence');
  };
  const decide = (heard: Heard) => {
    const verdict = heard.type === 'tone' ? hearing.tone(heard.tone) : hearing.words(heard.text);
    if (verdict !== undefined) return endWhenQuiet(heard, verdict);
    if (heard.type === 'tone' && order.listening.type !== 'speech') failAfter(order.interTone, 'interDigit');
  };
  const endWhenQuiet = (heard: Heard, verdict: Verdict) => {
    const isFree = heard.type === 'speech' && order.listening.type !== 'choices';
    if (!isFree) return end(verdict);
    silence();
    silence = desk.pace.act(order.endSilence * desk.dials().calls.waitScale, () => end(verdict));
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
      if (phase === 'prompting') {
        if (!order.interruptPrompt || isDeafTo(order.listening, heard)) return;
        listen();
      }
      decide(heard);
    },
  };
}

const isDeafTo = ({ type }: Listening, heard: Heard): boolean =>
  (type === 'speech' && heard.type === 'tone') || (type === 'dtmf' && heard.type === 'speech');
