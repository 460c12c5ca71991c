import { SegmentedMessage } from 'sms-segments-calculator';

export interface Measured {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
  /** Places left in the last segment. */
  readonly left: number;
  /** The characters that make it the dearer encoding, each once. */
  readonly because: readonly string[];
}

/** Places of a text that is one segment, and of each where there are more (3GPP TS 23.038; TS 23.040, 9.2.3.24.1). */
const places = { 'GSM-7': [160, 153], 'UCS-2': [70, 67] } as const;

/** What a text costs, as it is typed; the app, which may put punctuation more plainly, has the last word. */
export function measure(text: string): Measured {
  const message = new SegmentedMessage(text);
  const encoding = message.encodingName;
  const used = encoding === 'UCS-2' ? text.length : message.numberOfCharacters;
  const [one, several] = places[encoding];
  // The library never cuts through a character, not even one with hundreds of accents; a network does.
  const segments = used <= one ? 1 : Math.max(message.segmentsCount, Math.ceil(used / several));
  return {
    encoding,
    segments,
    left: segments === 1 ? one - used : Math.max(0, segments * several - used),
    because: encoding === 'UCS-2' ? [...new Set(message.getNonGsmCharacters())] : [],
  };
}

/** What phones and word processors put in by themselves, by what it was typed as. */
const typed: Readonly<Record<string, string>> = {
  "'": '‘’‚‛′´`ʼ',
  '"': '“”„‟″«»',
  '-': '‐‑‒–—―−•',
  '...': '…',
  ' ': '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f',
  '': '\u200b\ufeff\u2060\u00ad',
};
const plain = new Map(Object.entries(typed).flatMap(([as, signs]) => [...signs].map((sign) => [sign, as] as const)));

/** A text with its quotation marks, dashes and spaces as a typewriter has them. */
export const plainly = (text: string): string => [...text].map((sign) => plain.get(sign) ?? sign).join('');

/** A sign as it is, or by its numbers where there is nothing to be seen. */
export const visibly = (sign: string): string =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign)
    ? sign
    : [...sign].map((each) => `U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
