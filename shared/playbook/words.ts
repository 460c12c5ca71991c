const apostrophes = /['’‘ʼ＇]/gu;
/** Zero-width characters, soft hyphens, variation selectors: there, but not seen. */
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;
/** Accents of European scripts and the frame of a keycap emoji; the vowel signs of other scripts stay. */
const accents = /[\u0300-\u036f\p{Me}]+/gu;
const notInWords = /[^\p{L}\p{M}\p{N}]+/u;

/**
 * The words of a text as people mean them, whatever they typed them with: lower case, without accents, apostrophes,
 * punctuation and symbols. “Don’t STOP—please!” reads as `dont`, `stop`, `please`. Linear in the length of the text.
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text.replace(apostrophes, '').normalize('NFKD').replace(invisible, '').replace(accents, '');
  return plain
    .toLowerCase()
    .split(notInWords)
    .filter((word) => word !== '');
}

/** The text as it reads on a screen: nothing invisible in it, apostrophes straight, composed characters. */
export const visibleText = (text: string): string =>
  text.replace(invisible, '').replace(apostrophes, "'").normalize('NFC');
