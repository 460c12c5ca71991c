import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText, wordsOf } from '../../shared/playbook/words.ts';

test.each([
  ['', []],
  [' \n?! ', []],
  ['Don’t STOP—please!', ['dont', 'stop', 'please']],
  ["What's up", ['whats', 'up']],
  ['¿Qué días abren mañana?', ['que', 'dias', 'abren', 'manana']],
  ['Straße Nr. 5', ['straße', 'nr', '5']],
  ['caf\u0065\u0301', ['cafe']],
  ['ＨＯＵＲＳ', ['hours']],
  ['o\u200bp\u00aden', ['open']],
  ['1️⃣', ['1']],
  ['pick-up @ 5pm', ['pick', 'up', '5pm']],
  ['营业时间?', ['营业时间']],
  ['कितने बजे', ['कितने', 'बजे']],
  ['👍🏽', []],
])('%j has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('words of words are the same words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const words = wordsOf(text);
      expect(wordsOf(words.join(' '))).toEqual(words);
    }),
  );
});

test.each([
  ['what’s\u200b up', "what's up"],
  ['cafe\u0301', 'café'],
  ['Order #12?', 'Order #12?'],
])('%j shows as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
