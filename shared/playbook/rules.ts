import { patternOf } from './pattern.ts';
import type { PlaybookFile } from './playbookFile.ts';
import { wordsOf } from './words.ts';

/** A text as rules look at it. */
interface Read {
  readonly text: string;
  /** Its words, a space before and after each. */
  readonly words: string;
}

export interface Rule {
  readonly name: string;
  /** Answers only while open, or only while closed; `undefined`: always. */
  readonly open: boolean | undefined;
  readonly reply: string;
  readonly fits: (read: Read) => boolean;
}

type RuleInFile = PlaybookFile['sms']['rules'][number];

export const read = (text: string): Read => ({ text, words: spaced(text) });

export const ruleOf = ({ name, open, reply, when }: RuleInFile): Rule => ({ name, open, reply, fits: fitOf(when) });

function fitOf({ keyword, phrase, pattern }: RuleInFile['when']): Rule['fits'] {
  if (keyword !== undefined) {
    const known = new Set(keyword.map(spaced));
    return ({ words }) => known.has(words);
  }
  if (phrase !== undefined) {
    const known = phrase.map(spaced);
    return ({ words }) => known.some((each) => words.includes(each));
  }
  const found = patternOf(pattern ?? '');
  return ({ text }) => found(text);
}

const spaced = (text: string): string => ` ${wordsOf(text).join(' ')} `;
