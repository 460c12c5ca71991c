import type { ResultName } from '../rules.ts';

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

/** Tones so far, and the verdict if these or the words decide. With no clock: silences are for whoever asks. */
export interface Recognizer {
  tone(tone: string): Verdict | undefined;
  /** `undefined`: nobody listens for words here. */
  words(text: string): Verdict | undefined;
}

export function recognizer(listening: Listening): Recognizer {
  const tones: string[] = [];
  const byTones = (result: ResultName): Verdict => ({
    result,
    data: { recognitionType: 'dtmf', dtmfResult: { tones: [...tones] } },
  });
  return {
    tone(tone) {
      if (listening.type === 'speech') return undefined;
      if (listening.type === 'choices') return chosenByTone(listening.choices, tone);
      if (listening.stopTones.includes(tone)) return byTones('stopTone');
      tones.push(tone);
      return tones.length >= (listening.maxTones ?? Number.POSITIVE_INFINITY) ? byTones('maxDigits') : undefined;
    },
    words(text) {
      if (listening.type === 'dtmf') return undefined;
      return listening.type === 'choices' ? chosenByWords(listening.choices, text) : said(text);
    },
  };
}

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
