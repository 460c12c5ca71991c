import type { Key } from '../playbook/callsFile.ts';

/** A tone of the telephone as the provider writes it (https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/recognize-action). */
export const toneWords = {
  '0': 'zero',
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  '*': 'asterisk',
  '#': 'pound',
} as const satisfies Readonly<Record<Key, string>>;

export type ToneWord = (typeof toneWords)[Key];

const byWord: ReadonlyMap<string, Key> = new Map(Object.entries(toneWords).map(([key, word]) => [word, key as Key]));

/** `undefined` for the four tones that no telephone has keys for. */
export const keyOfTone = (word: string): Key | undefined => byWord.get(word.toLowerCase());
