import type { ResultName } from '../rules.ts';
import type { Heard } from './queue.ts';

export interface Choice {
  readonly label: string;
  readonly phrases: readonly string[];
  readonly tone?: string | undefined;
}

/** What is listened for. */
export interface Listening {
  readonly type: 'dtmf' | 'choices' | 'speech' | 'speechOrDtmf';
  readonly maxTones?: number | undefined;
  readonly stopTones: readonly string[];
  readonly choices: readonly Choice[];
}

/** How it ended. `data`: what RecognizeCompleted brings beside its result. */
export interface Verdict {
  readonly result: ResultName;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What comes of something heard: the end, at once or when nothing more is heard; or a wait for more. */
export type Reaction = { readonly type: 'end' | 'endWhenQuiet'; readonly verdict: Verdict } | { readonly type: 'goOn' };

/** Keeps the tones so far. With no clock: silences are for whoever asks. `undefined`: nobody listens for that here. */
export type Recognizer = (heard: Heard) => Reaction | undefined;

export function recognizer({ type, choices, stopTones, maxTones }: Listening): Recognizer {
  const tones: string[] = [];
  const end = (result: ResultName): Reaction => ({
    type: 'end',
    verdict: { result, data: { recognitionType: 'dtmf', dtmfResult: { tones: [...tones] } } },
  });
  const hearTone = (tone: string): Reaction => {
    if (stopTones.includes(tone)) return end('stopTone');
    tones.push(tone);
    return tones.length >= (maxTones ?? Number.POSITIVE_INFINITY) ? end('maxDigits') : { type: 'goOn' };
  };
  return (heard) => {
    if (type === 'choices') return { type: 'end', verdict: chosen(choices, heard) };
    if (heard.type === 'tone') return type === 'speech' ? undefined : hearTone(heard.tone);
    return type === 'dtmf' ? undefined : { type: 'endWhenQuiet', verdict: said(heard.text) };
  };
}

const chosen = (choices: readonly Choice[], heard: Heard): Verdict =>
  heard.type === 'tone' ? chosenByTone(choices, heard.tone) : chosenByWords(choices, heard.text);

function chosenByTone(choices: readonly Choice[], tone: string): Verdict {
  const chosen = choices.find((choice) => choice.tone === tone);
  if (chosen === undefined) return { result: 'wrongTone' };
  return { result: 'toneOption', data: { recognitionType: 'choices', choiceResult: { label: chosen.label } } };
}

function chosenByWords(choices: readonly Choice[], text: string): Verdict {
  for (const { label, phrases } of choices) {
    const phrase = phrases.find((each) => plain(each) === plain(text));
    if (phrase === undefined) continue;
    const choiceResult = { label, recognizedPhrase: phrase, confidence: 1 };
    return { result: 'speechOption', data: { recognitionType: 'choices', choiceResult } };
  }
  return { result: 'noOption' };
}

const said = (speech: string): Verdict => ({
  result: 'speech',
  data: { recognitionType: 'speech', speechResult: { speech, confidence: 1 } },
});

/** Case and punctuation are not heard. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
