import { SegmentedMessage } from 'sms-segments-calculator';
import { maxTextLength, saysSomething } from '../core/textLimit.ts';

export { maxTextLength };

export interface Measured {
  /** What is billed; at least 1. */
  readonly segments: number;
  readonly encoding: 'gsm7' | 'ucs2';
}

/** Code units a segment of a long UCS-2 text holds: 140 bytes less the 6 that join the segments (3GPP TS 23.040, 9.2.3.24.1). */
const ucs2Segment = 67;

/** What is the same in ASCII and in GSM-7: one place each. */
const plain = /^[\n -Z_a-z]+$/;

/** How a text will be encoded and how many segments it takes: 160/153 characters each in GSM-7, 70/67 in UCS-2. */
export function measure(text: string): Measured {
  // Most texts are nothing but these, and the library takes a millisecond for what is a division.
  if (plain.test(text)) return { segments: text.length <= 160 ? 1 : Math.ceil(text.length / 153), encoding: 'gsm7' };
  const { encodingName, segmentsCount } = new SegmentedMessage(text);
  if (encodingName === 'GSM-7') return { segments: segmentsCount, encoding: 'gsm7' };
  // The library never cuts through a character, not even one with hundreds of accents; a network does.
  const segments = segmentsCount === 1 ? 1 : Math.max(segmentsCount, Math.ceil(text.length / ucs2Segment));
  return { segments, encoding: 'ucs2' };
}

/**
 * Punctuation that phones and word processors put in by themselves, with what it was typed as. Letters, signs with a
 * meaning of their own and full-width forms are left alone: folding them would change what was said.
 */
const typed: Readonly<Record<string, string>> = {
  "'": '‘’‚‛′´`ʼ',
  '"': '“”„‟″«»',
  '-': '‐‑‒–—―−•',
  '...': '…',
  // No-break, en, em, thin, narrow and the other spaces of set type.
  ' ': '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f',
  // Zero-width space and no-break space, word joiner, soft hyphen.
  '': '\u200b\ufeff\u2060\u00ad',
};

const folds: ReadonlyMap<string, string> = new Map(
  Object.entries(typed).flatMap(([plain, smart]) => [...smart].map((char) => [char, plain] as const)),
);
const smart = new RegExp(`[${[...folds.keys()].join('')}]`, 'gu');

/**
 * Puts typewriter punctuation in place of smart punctuation where that alone keeps the whole text in GSM-7, which more
 * than halves what it costs. A text that needs UCS-2 anyway, or would get longer than it may, or dearer, or say nothing any more, is left as it is.
 */
export function foldPunctuation(text: string): string {
  const folded = text.replace(smart, (char) => folds.get(char) ?? char);
  if (folded === text || folded.length > maxTextLength || !saysSomething(folded)) return text;
  const after = measure(folded);
  return after.encoding === 'gsm7' && after.segments <= measure(text).segments ? folded : text;
}
