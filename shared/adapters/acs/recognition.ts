import type {
  CallMedia,
  CallMediaRecognizeChoiceOptions,
  CallMediaRecognizeDtmfOptions,
  CallMediaRecognizeSpeechOrDtmfOptions,
  DtmfTone,
} from '@azure/communication-call-automation';
import type { CallOrder } from '../../calls/callControl.ts';
import type { Listening } from '../../calls/callFlow.ts';
import { type Key, toneWords } from '../../core/tones.ts';
import type { Choice } from '../../playbook/callScript.ts';
import { identifierOf, sourceOf } from './callWords.ts';

type ListenOrder = Extract<CallOrder, { type: 'listen' }>;
type Recognition =
  | CallMediaRecognizeDtmfOptions
  | CallMediaRecognizeChoiceOptions
  | CallMediaRecognizeSpeechOrDtmfOptions;

/** Seconds: between two keys of a number; after the last word of a message. */
const betweenKeys = 3;
const afterSpeech = 3;

/** The SDK has an enum whose values are these words. */
const toneOf = (key: Key): DtmfTone => toneWords[key] as DtmfTone;

export function listen(media: CallMedia, order: ListenOrder, operationContext: string): Promise<void> {
  const { to, language, seconds, spoken } = order;
  const shared = {
    operationContext,
    initialSilenceTimeoutInSeconds: seconds,
    interruptPrompt: true,
    interruptCallMediaOperation: true,
    ...(spoken !== undefined && { playPrompt: sourceOf(spoken) }),
  };
  return media.startRecognizing(identifierOf(order.subscriber), { ...shared, ...recognitionOf(to, language) });
}

/** `language`: in which words are understood; without one there are only keys. */
function recognitionOf(to: Listening, language: string | undefined): Recognition {
  switch (to.type) {
    case 'digits':
      return { ...keysOnly, maxTonesToCollect: to.most, stopDtmfTones: [toneOf('#')] };
    case 'choice':
      return language !== undefined && to.choices.some(({ phrases }) => phrases.length > 0)
        ? {
            kind: 'callMediaRecognizeChoiceOptions',
            choices: to.choices.map(choiceOf),
            speechLanguage: language,
          }
        : { ...keysOnly, maxTonesToCollect: 1 };
    case 'endOfMessage':
      return language === undefined
        ? { ...keysOnly, maxTonesToCollect: 1 }
        : {
            kind: 'callMediaRecognizeSpeechOrDtmfOptions',
            speechLanguage: language,
            endSilenceTimeoutInSeconds: afterSpeech,
            maxTonesToCollect: 1,
          };
  }
}

const keysOnly: CallMediaRecognizeDtmfOptions = {
  kind: 'callMediaRecognizeDtmfOptions',
  interToneTimeoutInSeconds: betweenKeys,
};

/** Labelled by its place, since labels must differ and names need not. One that has no words is chosen by the word of its key. */
function choiceOf({ key, phrases }: Choice, place: number) {
  const words = phrases.length > 0 ? [...phrases] : key === undefined ? [] : [toneWords[key]];
  return { label: String(place), phrases: words, ...(key !== undefined && { tone: toneOf(key) }) };
}
