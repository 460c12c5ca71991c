/** The keys of a telephone, as they are printed on it. */
export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;
export type Key = (typeof keys)[number];

/** The tone that each makes, by its name in the field. */
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

const byWord: ReadonlyMap<string, Key> = new Map(keys.map((key) => [toneWords[key], key]));

/** `undefined` for the four tones that no telephone has keys for. */
export const keyOfTone = (word: string): Key | undefined => byWord.get(word.toLowerCase());
