import { expect, test } from 'vitest';
import type { TextEntry } from '../../console/src/api/client.ts';
import { inserted } from '../../console/src/composer/inserted.ts';
import { type Outgoing, read, settled, unshown, withOutgoing, written } from '../../console/src/composer/outbox.ts';
import { measure, plainly, visibly } from '../../console/src/composer/segments.ts';
import { measure as billed, foldPunctuation } from '../../shared/sms/segments.ts';

test.each([
  ['', 1, 160, []],
  ['a'.repeat(160), 1, 0, []],
  ['a'.repeat(161), 2, 145, []],
  ['€'.repeat(80), 1, 0, []],
  [`${'a'.repeat(151)}€€€€€`, 2, 145, []],
  ['ы'.repeat(70), 1, 0, ['ы']],
  ['“Hi” ы', 1, 64, ['“', '”', 'ы']],
  ['👍'.repeat(36), 2, 62, ['👍']],
])('%j takes %i segments, with %i places left, because of %j', (text, segments, left, because) => {
  expect(measure(text)).toMatchObject({ segments, left, because });
});

test.each([
  'hours',
  '€'.repeat(200),
  'ы'.repeat(134),
  '👨‍👩‍👧'.repeat(30),
  'a\u0301'.repeat(100),
  `a${'\u0301'.repeat(200)}`,
  `${'x'.repeat(152)}€`.repeat(3),
])('what is counted for %j is what the app bills', (text) => {
  const { segments, encoding } = measure(text);
  expect({ segments, encoding: encoding === 'GSM-7' ? 'gsm7' : 'ucs2' }).toEqual(billed(text));
});

test('plain punctuation makes the cheaper encoding, and leaves words alone', () => {
  expect(plainly('“Don’t”\u00a0– wait… Ünal ы 👍')).toBe('"Don\'t" - wait... Ünal ы 👍');
  expect(measure(plainly('“Don’t” – wait…')).encoding).toBe('GSM-7');
});

test('what is put plainly is what the app itself folds, sign for sign', () => {
  const signs = Array.from({ length: 0xd800 - 0x80 }, (_, n) => `x${String.fromCharCode(0x80 + n)}x`);
  const folded = signs.filter((sign) => plainly(sign) !== sign);
  expect(folded.length).toBeGreaterThan(30);
  expect(signs.filter((sign) => foldPunctuation(sign) !== plainly(sign))).toEqual([]);
});

test.each([
  ['ы', 'ы'],
  ['👨‍👩‍👧', '👨‍👩‍👧'],
  ['\u200b', 'U+200B'],
  ['\u00a0', 'U+00A0'],
])('%j is named %s', (sign, name) => {
  expect(visibly(sign)).toBe(name);
});

const outgoing = (key: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key,
  text: 'Yes, “rye”.',
  at: '2026-11-24T02:00:00.000Z',
  after: 'e5',
  state: 'sending',
  ...more,
});
const entry = (id: string, more: Partial<TextEntry> = {}): TextEntry => ({
  id,
  type: 'message',
  direction: 'outbound',
  purpose: 'agent',
  at: '2026-11-24T02:00:01.000Z',
  text: 'Yes, "rye".',
  ...more,
});
const keysOf = (list: readonly Outgoing[]) => list.map(({ key }) => key);

test.each([
  ['stands there already, punctuation put plainly', [entry('e4')], []],
  ['not by what was there before', [entry('e5')], ['a']],
  ['not by what the bot said', [entry('e4', { purpose: 'answer' })], ['a']],
  ['not by what was sent anew', [entry('e4', { resendOf: 'e9' })], ['a']],
  ['not by other words', [entry('e4', { text: 'Yes, wheat.' })], ['a']],
])('a message on its way is shown once: %s', (_, entries, left) => {
  expect(keysOf(unshown([outgoing('a')], entries))).toEqual(left);
});

test('the same words twice are two messages, and each entry is one of them', () => {
  expect(keysOf(unshown([outgoing('a'), outgoing('b')], [entry('e4')]))).toEqual(['b']);
  expect(keysOf(unshown([outgoing('a'), outgoing('b')], [entry('e4'), entry('e3')]))).toEqual([]);
  expect(keysOf(unshown([outgoing('a', { text: '👍' })], [entry('e4', { text: '👎' })]))).toEqual(['a']);
});

test('what is kept is read back as it was; whose answer nobody waits for is unclear', () => {
  const list = withOutgoing(
    withOutgoing([], 'a', outgoing('a')),
    'b',
    outgoing('b', { state: 'refused', fault: 'No.' }),
  );
  expect(read(written(list))).toEqual(list.map(({ after, ...one }) => ({ after, ...one })));
  expect(written(withOutgoing(withOutgoing(list, 'a', undefined), 'b', undefined))).toBe('');
  expect(settled(list, () => true)).toEqual(list);
  expect(settled(list, () => false).map(({ state }) => state)).toEqual(['unclear', 'refused']);
});

test.each([
  ['', 0, 0, 'Thanks!|'],
  ['Hi Ann', 6, 6, 'Hi Ann Thanks!|'],
  ['Hi  bye', 3, 3, 'Hi Thanks!| bye'],
  ['Hi Ann bye', 3, 6, 'Hi Thanks!| bye'],
  ['bye', 0, 0, 'Thanks!| bye'],
])('a template goes into %j from %i to %i', (text, from, to, after) => {
  const { text: whole, caret } = inserted(text, 'Thanks!', { from, to });
  expect(`${whole.slice(0, caret)}|${whole.slice(caret)}`).toBe(after);
});
