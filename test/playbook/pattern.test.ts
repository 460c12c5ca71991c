import { expect, test } from 'vitest';
import { faultInPattern, patternOf } from '../../shared/playbook/pattern.ts';

test.each([
  ['\\border\\s*#?\\d{3,6}\\b', 'My ORDER #1234 please', true],
  ['\\border\\s*#?\\d{3,6}\\b', 'border 1234', false],
  ['^\\d{4}$', '1234', true],
  ['^\\d{4}$', '12345', false],
  ['café', 'Le CAFE\u0301 ?', true],
  ["what's", 'What’s new', true],
  ['cake', 'ca\u00adke', true],
  ['[👍🙏]', 'thanks 🙏', true],
  ['营业时间', '请问营业时间是几点', true],
  ['(?s)a.b', 'a\nb', true],
])('%j in %j: %s', (pattern, text, found) => {
  expect(faultInPattern(pattern)).toBeUndefined();
  expect(patternOf(pattern)(text)).toBe(found);
});

test.each([
  ['(', /missing closing \)/],
  ['[a', /missing closing \]/],
  ['*', /missing argument/],
  ['a(?=b)', /no look-around/],
  ['(a)\\1', /no back-references/],
  ['a{2000}', /repeat count/],
  ['(x?){500}x{500}', /too large/],
])('%j is at fault', (pattern, fault) => {
  expect(faultInPattern(pattern)).toMatch(fault);
});

test.each([
  ['(a+)+$', 'a'],
  ['(a|aa)+$', 'a'],
  ['(a*)*b', 'a'],
  ['(.*)(.*)(.*)(.*)[^a]z', 'a'],
  ['(x?){100}x{100}y', 'x'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'],
])('%j, which would hold a backtracking engine for ages, is done with a long text at once', (pattern, piece) => {
  const fits = patternOf(pattern);
  const before = performance.now();
  fits(`${piece.repeat(2047)}!`);
  fits(`${piece.repeat(20_000)}!`);
  expect(performance.now() - before).toBeLessThan(2000);
});
