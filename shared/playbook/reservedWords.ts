import { wordsOf } from './words.ts';

/**
 * Texts the law and the carriers give a meaning, so that they are acted on before any rule of the playbook is asked
 * (47 CFR 64.1200(a)(10); https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq).
 */
export const reservedWords = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  start: ['START', 'UNSTOP', 'YES'],
  help: ['HELP', 'INFO'],
} as const;

/** The answer to many a question: it gives consent back to whoever had revoked it, and else is an ordinary text. */
export const ordinaryToo: ReservedWord = 'YES';

export type Keyword = keyof typeof reservedWords;
export type ReservedWord = (typeof reservedWords)[Keyword][number];

interface Reserved {
  readonly keyword: Keyword;
  readonly word: ReservedWord;
}

const keywords = Object.keys(reservedWords) as readonly Keyword[];
const byLetters: ReadonlyMap<string, Reserved> = new Map(
  keywords.flatMap((keyword) => reservedWords[keyword].map((word) => [word.toLowerCase(), { keyword, word }])),
);

/** Reads a text that is one of these words and nothing else; “Opt out”, “opt-out” and “OPTOUT!” are the same word. */
export const reservedWordIn = (text: string): Reserved | undefined => byLetters.get(wordsOf(text).join(''));
