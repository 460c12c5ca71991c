import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { maxTextLength } from '../../shared/core/textLimit.ts';
import {
  answer,
  answerFrom,
  helpText,
  responderDeadline,
  startConfirmation,
  stopConfirmation,
} from '../../shared/playbook/answer.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import type { Asked, Responder } from '../../shared/playbook/responder.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A Tuesday. */
const open = Date.parse('2026-11-24T09:00-08:00');
const closed = Date.parse('2026-11-24T20:00-08:00');

const bakery = {
  business: { name: 'Bakery', timeZone: 'America/Los_Angeles' },
  hours: { week: { tuesday: '07:00-15:00', wednesday: '07:00-15:00' } },
  sms: {
    greeting: 'Hi from {{business}}.',
    rules: [
      { name: 'hours', when: { keyword: ['hours', 'opening times'] }, reply: 'Today: {{hours.today}}.' },
      { name: 'parking', when: { phrase: ['where can I park', 'días festivos'] }, reply: 'Behind the shop.' },
      { name: 'call', when: { phrase: ['call me'] }, open: true, reply: 'In a minute.' },
      { name: 'call later', when: { phrase: ['call me'] }, open: false, reply: 'At {{hours.next}}.' },
      { name: 'order', when: { pattern: 'order\\s*#?\\d+' }, reply: 'We look it up. Text {{number}} again.' },
      { name: 'order, too late', when: { phrase: ['order'] }, reply: 'Which number?' },
    ],
    fallback: 'Somebody will answer.',
    closed: 'Closed until {{hours.next}}.',
  },
};

const ask = (text: string, more: Partial<Asked> = {}): Asked => ({
  text,
  service: '+18005550100' as PhoneNumber,
  subscriber: '+14255550101' as PhoneNumber,
  firstContact: false,
  at: open,
  ...more,
});

const playbook = parsePlaybook(bakery);
const without = (...keys: readonly (keyof typeof bakery.sms)[]) =>
  parsePlaybook({
    ...bakery,
    sms: Object.fromEntries(Object.entries(bakery.sms).filter(([key]) => !(keys as string[]).includes(key))),
  });

test.each([
  ['hours', 'hours', 'Today: 7 AM-3 PM.'],
  [' Hours?? ', 'hours', 'Today: 7 AM-3 PM.'],
  ['OPENING-TIMES', 'hours', 'Today: 7 AM-3 PM.'],
  ['what are your hours', 'fallback', 'Somebody will answer.'],
  ['Hi! Where can I park tonight?', 'parking', 'Behind the shop.'],
  ['DIAS FESTIVOS', 'parking', 'Behind the shop.'],
  ['where can I parking', 'fallback', 'Somebody will answer.'],
  ['Where can I... park', 'parking', 'Behind the shop.'],
  ['call me', 'call', 'In a minute.'],
  ['My ORDER #12 and order 13', 'order', 'We look it up. Text +18005550100 again.'],
  ['my order', 'order, too late', 'Which number?'],
  ['', 'fallback', 'Somebody will answer.'],
])('%j is answered by the rule %s', (text, rule, said) => {
  expect(answerFrom(playbook, ask(text))).toEqual({ rule, text: said });
});

test.each([
  ['call me', 'call later', 'At Wednesday 7 AM.'],
  ['hello', 'closed', 'Closed until Wednesday 7 AM.'],
  ['hours', 'hours', 'Today: 7 AM-3 PM.'],
])('while closed %j is answered by %s', (text, rule, said) => {
  expect(answerFrom(playbook, ask(text, { at: closed }))).toEqual({ rule, text: said });
});

test('without words for closed hours the fallback answers then too', () => {
  expect(answerFrom(without('closed'), ask('hello', { at: closed }))?.rule).toBe('fallback');
});

test('without a fallback the bot stays silent', () => {
  expect(answerFrom(without('fallback'), ask('hello'))).toBeUndefined();
});

test('without hours, rules that ask for none still answer', () => {
  const { hours: _, ...rest } = bakery;
  const rules = [{ name: 'parking', when: { phrase: ['park'] }, reply: 'Behind the shop.' }];
  const simple = parsePlaybook({ ...rest, sms: { rules } });
  expect(answerFrom(simple, ask('park?'))?.rule).toBe('parking');
  expect(answerFrom(simple, ask('hello'))).toBeUndefined();
});

test('a first contact is greeted and answered in one text', () => {
  expect(answerFrom(playbook, ask('hours', { firstContact: true }))).toEqual({
    rule: 'hours',
    text: 'Hi from Bakery.\nToday: 7 AM-3 PM.',
  });
});

test('a first contact that nothing answers is greeted all the same', () => {
  expect(answerFrom(without('fallback'), ask('hello', { firstContact: true }))).toEqual({
    rule: 'greeting',
    text: 'Hi from Bakery.',
  });
});

test('without a greeting a first contact is answered like any other', () => {
  expect(answerFrom(without('greeting'), ask('hours', { firstContact: true }))?.text).toBe('Today: 7 AM-3 PM.');
});

test('HELP, STOP and START have words even if the playbook has none for them', () => {
  for (const text of [helpText, stopConfirmation, startConfirmation])
    expect(text(playbook, ask(''))).toContain('Bakery');
  expect(helpText(playbook, ask(''))).toContain('STOP');
  expect(stopConfirmation(playbook, ask(''))).toContain('START');
});

test('and those of the playbook if it has some, filled in', () => {
  const sms = {
    ...bakery.sms,
    help: '{{business}} at {{number}}, {{date}}',
    stopConfirmation: 'Bye.',
    startConfirmation: 'Hi!',
  };
  const own = parsePlaybook({ ...bakery, sms });
  expect(helpText(own, ask(''))).toBe('Bakery at +18005550100, Tuesday, November 24');
  expect([stopConfirmation(own, ask('')), startConfirmation(own, ask(''))]).toEqual(['Bye.', 'Hi!']);
});

const yes: Responder = () => ({ text: 'From code.', rule: 'code' });
const silent: Responder = () => undefined;

test('a responder answers before the playbook, and leaves to it what it does not know', async () => {
  expect(await answer(playbook, [silent, yes], ask('hours'), unexpected)).toEqual({ text: 'From code.', rule: 'code' });
  expect((await answer(playbook, [silent], ask('hours'), unexpected))?.rule).toBe('hours');
});

test('responders are asked in order, and none after the first that answers', async () => {
  const second = vi.fn(silent);
  await answer(playbook, [yes, second], ask('hours'), unexpected);
  expect(second).not.toHaveBeenCalled();
});

test('a responder’s answer to a first contact is greeted too', async () => {
  const said = await answer(playbook, [yes], ask('hours', { firstContact: true }), unexpected);
  expect(said?.text).toBe('Hi from Bakery.\nFrom code.');
});

test.each<[string, Responder, string]>([
  [
    'throws',
    function broken() {
      throw new TypeError('about +14255550101');
    },
    'The responder broken was passed over: it threw TypeError',
  ],
  [
    'rejects',
    async function broken() {
      throw new RangeError('secret');
    },
    'The responder broken was passed over: it threw RangeError',
  ],
  [
    'rejects with no error',
    () => Promise.reject('secret'),
    'The responder without a name was passed over: it threw string',
  ],
  [
    'answers nothing',
    function empty() {
      return { text: ' \n', rule: 'x' };
    },
    'The responder empty was passed over: its answer is empty',
  ],
  [
    'answers too much',
    function long() {
      return { text: 'x'.repeat(2049), rule: 'x' };
    },
    'The responder long was passed over: its answer has 2049 characters, too many',
  ],
])(
  'a responder that %s is passed over and reported, without what it may tell of the subscriber',
  async (_, responder, message) => {
    const failed = vi.fn();
    const said = await answer(playbook, [responder, silent], ask('hours'), failed);
    expect(said?.rule).toBe('hours');
    expect(failed.mock.calls.map(([error]) => error.message)).toEqual([message]);
  },
);

test('a responder that takes too long is passed over; what it says later is not heard', async () => {
  vi.useFakeTimers();
  const failed = vi.fn();
  const late = Promise.withResolvers<never>();
  const said = answer(
    playbook,
    [
      function slow() {
        return late.promise;
      },
      yes,
    ],
    ask('hours'),
    failed,
  );
  await vi.advanceTimersByTimeAsync(responderDeadline - 1);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect((await said)?.rule).toBe('code');
  late.reject(new Error('too late'));
  expect(failed.mock.calls.map(([error]) => error.message)).toEqual([
    'The responder slow was passed over: it took longer than 5 s',
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a responder that answers leaves no timer behind', async () => {
  vi.useFakeTimers();
  await answer(playbook, [yes], ask('hours'), unexpected);
  expect(vi.getTimerCount()).toBe(0);
});

test('a greeting that leaves a responder’s answer no room is left out', async () => {
  const long = { text: 'x'.repeat(maxTextLength), rule: 'long' };
  expect(await answer(playbook, [() => long], ask('hi', { firstContact: true }), unexpected)).toEqual(long);
});

test('whatever is asked and whenever, no answer of a playbook without faults is empty or too long', () => {
  const stuffed = parsePlaybook({
    ...bakery,
    sms: {
      ...bakery.sms,
      greeting: '{{hours.week}} {{date}} {{hours.next}} '.repeat(3),
      fallback: '{{hours.today}} {{hours.until}} {{number}}',
      closed: '{{hours.next}} {{hours.week}}',
    },
  });
  const when = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });
  const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('hours', 'call me', 'order 12'));
  fc.assert(
    fc.property(texts, when, fc.boolean(), (text, at, firstContact) => {
      const said = answerFrom(stuffed, ask(text, { at, firstContact }))?.text ?? '';
      expect(said.trim()).not.toBe('');
      expect(said).not.toContain('{{');
      expect(said.length).toBeLessThanOrEqual(maxTextLength);
    }),
  );
});

function unexpected(error: Error): void {
  throw error;
}
