import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { foldPunctuation, maxTextLength, measure } from '../../shared/sms/segments.ts';

const gsm = 'a';
const cyrillic = 'ж';

test.each([
  ['nothing', '', 1],
  ['160 characters', gsm.repeat(160), 1],
  ['161', gsm.repeat(161), 2],
  ['2 × 153', gsm.repeat(306), 2],
  ['2 × 153 + 1', gsm.repeat(307), 3],
  ['3 × 153', gsm.repeat(459), 3],
  ['3 × 153 + 1', gsm.repeat(460), 4],
  ['80 €, which take two places each', '€'.repeat(80), 1],
  ['81 €', '€'.repeat(81), 2],
  ['a € that does not fit into the last place of a segment', `${gsm.repeat(152)}€${gsm.repeat(152)}`, 3],
  ['every bracket, brace, tilde, caret, pipe and backslash', '[]{}~^|\\'.repeat(10), 1],
  ['one more of them', `${'[]{}~^|\\'.repeat(10)}[`, 2],
  ['Ç, which is in GSM-7', 'Ç', 1],
  ['letters of GSM-7 that are not ASCII', 'äöüßñéèàùòå@£$¥ΔΦΓΛΩΠΨΣΘΞ', 1],
  ['line breaks', 'one\r\ntwo\nthree', 1],
])('GSM-7: %s', (_, text, segments) => {
  expect(measure(text)).toEqual({ segments, encoding: 'gsm7' });
});

test.each([
  ['70 characters', cyrillic.repeat(70), 1],
  ['71', cyrillic.repeat(71), 2],
  ['2 × 67', cyrillic.repeat(134), 2],
  ['2 × 67 + 1', cyrillic.repeat(135), 3],
  ['ç, which is not in GSM-7', 'ç', 1],
  ['a backtick', '`', 1],
  ['a tab', '\t', 1],
  ['one Cyrillic letter among 70 Latin ones', `${gsm.repeat(70)}${cyrillic}`, 2],
  ['35 emoji of two units', '😀'.repeat(35), 1],
  ['36', '😀'.repeat(36), 2],
  ['an emoji that would straddle two segments', `${cyrillic.repeat(66)}😀${cyrillic.repeat(66)}`, 3],
  ['€ takes one place in UCS-2', '€'.repeat(69) + cyrillic, 1],
  ['a letter with 2,000 accents', `z${'\u0301'.repeat(2000)}`, 30],
])('UCS-2: %s', (_, text, segments) => {
  expect(measure(text)).toEqual({ segments, encoding: 'ucs2' });
});

test('text that is the same in ASCII and in GSM-7 is counted as the library counts it', () => {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const plain = fc.constantFrom(...ascii, ...ascii.slice(32, 91), ...ascii.slice(97, 123));
  fc.assert(
    fc.property(fc.string({ unit: plain, maxLength: 500 }), (text) => {
      const { encodingName, segmentsCount } = new SegmentedMessage(text);
      fc.pre(encodingName === 'GSM-7');
      expect(measure(text)).toEqual({ segments: segmentsCount, encoding: 'gsm7' });
    }),
  );
  for (const char of ascii)
    expect(measure(char).encoding).toBe(new SegmentedMessage(char).encodingName === 'GSM-7' ? 'gsm7' : 'ucs2');
});

test('no text is counted for less than its characters need', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { segments, encoding } = measure(text);
      const [alone, joined] = encoding === 'gsm7' ? [160, 153] : [70, 67];
      expect(segments).toBeGreaterThanOrEqual(text.length <= alone ? 1 : Math.ceil(text.length / joined));
    }),
  );
});

test.each([
  ['We’re open', "We're open"],
  ['“Fresh” bread – today—only…', '"Fresh" bread - today-only...'],
  ['9\u202fAM\u00a0–\u200b5\u202fPM', '9 AM -5 PM'],
  ['« Bonjour »', '" Bonjour "'],
  ['rock `n´ roll', "rock 'n' roll"],
  ['• bread\n• cake', '- bread\n- cake'],
])('%j is folded', (text, folded) => {
  expect(foldPunctuation(text)).toBe(folded);
  expect(measure(folded).encoding).toBe('gsm7');
});

test.each([
  ['is in GSM-7 already', "It's 5 € [net]"],
  ['needs UCS-2 for a letter', 'Мы’re open…'],
  ['needs UCS-2 for an emoji', 'We’re open 🎉'],
  ['needs UCS-2 for ç', 'Ça va ? Le garçon’s here'],
  ['would cost more folded', '…'.repeat(70)],
  ['would get too long', `${gsm.repeat(2047)}…`],
  ['is empty', ''],
])('a text that %s is left as it is', (_, text) => {
  expect(foldPunctuation(text)).toBe(text);
});

test('folding changes a text only into one of GSM-7 that costs no more and is not too long; done twice it does no more', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abc €’“”–—…\u00a0\u200bж😀'), maxLength: 200 });
  fc.assert(
    fc.property(text, (original) => {
      const folded = foldPunctuation(original);
      expect(foldPunctuation(folded)).toBe(folded);
      if (folded === original) return;
      expect(measure(folded).encoding).toBe('gsm7');
      expect(measure(folded).segments).toBeLessThanOrEqual(measure(original).segments);
      expect(folded.length).toBeLessThanOrEqual(maxTextLength);
    }),
  );
});
