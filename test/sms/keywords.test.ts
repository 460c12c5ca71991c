import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKeyword } from '../../shared/sms/keywords.ts';
import { ordinarySentences } from './ordinarySentences.ts';

const words = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  start: ['START', 'UNSTOP', 'YES'],
  help: ['HELP', 'INFO'],
} as const;
const everyWord = Object.entries(words).flatMap(([keyword, list]) => list.map((word) => [word, keyword] as const));

test.each(everyWord)('%s reads as %s, in any case and dress', (word, keyword) => {
  const dresses = [word, word.toLowerCase(), `${word[0]}${word.slice(1).toLowerCase()}`, ` ${word}\r\n`, `${word}!!!`];
  for (const text of [...dresses, `"${word}"`, `“${word}.”`, `‘${word}’`, `\u200b${word}\ufeff`, `${word} 🙏🏽`])
    expect(readKeyword(text)).toEqual({ keyword, word });
});

test.each([
  ['OPT OUT', 'OPTOUT'],
  ['opt-out', 'OPTOUT'],
  ['Opt   out.', 'OPTOUT'],
  ['opt\u00a0out', 'OPTOUT'],
  ['stop all', 'STOPALL'],
  ['Un-subscribe', 'UNSUBSCRIBE'],
  ['S.T.O.P.', 'STOP'],
  ['ＳＴＯＰ', 'STOP'],
  ['STÓP', 'STOP'],
  ['st\u00adop', 'STOP'],
])('%j is the word %s', (text, word) => {
  expect(readKeyword(text)).toEqual({ keyword: 'stop', word });
});

test.each([
  '',
  ' ',
  '!!!',
  '🛑',
  'STOPP',
  'STOPS',
  'STOP 2',
  'STOP STOP',
  'stop it',
  'no',
  'ya',
  'ok',
  'please stop',
  'arret',
  'remove',
])('%j is no keyword', (text) => {
  expect(readKeyword(text)).toEqual({});
});

test('two hundred ordinary sentences with a keyword in them hold no keyword', () => {
  expect(new Set(ordinarySentences).size).toBeGreaterThanOrEqual(200);
  expect(ordinarySentences.filter((text) => readKeyword(text).keyword !== undefined)).toEqual([]);
});

test('every keyword occurs in an ordinary sentence of the corpus', () => {
  const corpus = ordinarySentences.join('\n').toLowerCase();
  expect(everyWord.filter(([word]) => !corpus.includes(word.toLowerCase()))).toEqual([]);
});

test('spaces, case and punctuation around a keyword never matter', () => {
  const noise = fc.string({ unit: fc.constantFrom(...' \t\n.,;:!?-–—"“”\'’()[]*_~…\u200b\u2060\ufe0f') });
  fc.assert(
    fc.property(fc.constantFrom(...everyWord), noise, noise, ([word, keyword], before, after) => {
      expect(readKeyword(before + word + after)).toEqual({ keyword, word });
    }),
  );
});

test('a keyword with another letter or digit before or after it is an ordinary text', () => {
  const letters = fc.stringMatching(/^[a-z0-9]{1,5}$/);
  const known = new Set(everyWord.map(([word]) => word.toLowerCase()));
  fc.assert(
    fc.property(fc.constantFrom(...everyWord), letters, fc.boolean(), ([word], more, first) => {
      const text = first ? `${more} ${word}` : `${word} ${more}`;
      fc.pre(!known.has(text.replace(' ', '').toLowerCase()));
      expect(readKeyword(text)).toEqual({});
    }),
  );
});
