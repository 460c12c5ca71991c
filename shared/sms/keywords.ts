import { type Keyword, type ReservedWord, reservedWordIn } from '../playbook/reservedWords.ts';

export interface ReadKeyword {
  readonly keyword?: Keyword | undefined;
  /** The word as listed. A `YES` from somebody who never stopped is an ordinary text as well. */
  readonly word?: ReservedWord | undefined;
}

/** Reads a text that is a keyword and nothing else; both fields are absent for any other text. */
export const readKeyword = (text: string): ReadKeyword => reservedWordIn(text) ?? {};
