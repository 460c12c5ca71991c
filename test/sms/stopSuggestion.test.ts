import { expect, test } from 'vitest';
import { readKeyword } from '../../shared/sms/keywords.ts';
import { suggestsStop } from '../../shared/sms/stopSuggestion.ts';
import { ordinarySentences } from './ordinarySentences.ts';
import { wishes } from './wishes.ts';

test.each(wishes)('%j reads like a wish to be left alone', (text) => {
  expect(suggestsStop(text)).toBe(true);
  expect(readKeyword(text)).toEqual({});
});

test('no ordinary sentence of the corpus reads like one', () => {
  expect(ordinarySentences.filter(suggestsStop)).toEqual([]);
});

test.each(['', 'Hi!', 'thanks', 'please', 'ok', '👍', 'hours', '¿Qué días abren?', 'Quand ouvrez-vous ?', '几点开门'])(
  '%j does not',
  (text) => {
    expect(suggestsStop(text)).toBe(false);
  },
);

test.each(['STOP', 'opt out', 'Unsubscribe.', 'START', 'HELP'])(
  'the keyword %j is acted upon, so it needs no suggestion',
  (text) => {
    expect(suggestsStop(text)).toBe(false);
  },
);

test.each(['stop ', 'stop the ', 'dont ', 'no more of ', 'never signed up ', 'please ', 'é', '’', 'x'])(
  '300,000 characters of %j, no text at all, take linear time: some 0.1 s, where quadratic time would be minutes',
  (piece) => {
    const text = piece.repeat(300_000 / piece.length);
    const before = performance.now();
    suggestsStop(text);
    expect(performance.now() - before).toBeLessThan(3000);
  },
);
