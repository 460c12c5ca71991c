import { expect, test } from 'vitest';
import type { ConsentTimes } from '../../shared/conversations/consent.ts';
import { asTicks } from '../../shared/core/time.ts';
import { type Decision, decide, type Situation } from '../../shared/sms/decide.ts';
import { numberKinds } from '../../shared/sms/numberKinds.ts';

const at = asTicks(100n);
const stopped: ConsentTimes = { stopAt: asTicks(50n) };
const restarted: ConsentTimes = { stopAt: asTicks(50n), goAt: asTicks(60n) };
const stoppedLater: ConsentTimes = { stopAt: asTicks(150n) };
const startedLater: ConsentTimes = { goAt: asTicks(150n) };

const situation = (given: Partial<Situation> = {}): Situation => ({
  at,
  consent: {},
  kind: 'long-code',
  mode: 'bot',
  answerable: true,
  ...given,
});

type Row = [
  name: string,
  text: string,
  given: Partial<Situation>,
  reply: Decision['reply'],
  consent: Decision['consent'],
];

test.each<Row>([
  ['an ordinary text is answered', 'hours', {}, 'answer', undefined],
  ['an ordinary text after STOP is not', 'hours', { consent: stopped }, undefined, undefined],
  ['an ordinary text after START again is', 'hours', { consent: restarted }, 'answer', undefined],
  ['an ordinary text is left to the agent who took over', 'hours', { mode: 'agent' }, undefined, undefined],
  ['nothing is answered beyond the budget', 'hours', { answerable: false }, undefined, undefined],
  ['STOP is confirmed', 'STOP', {}, 'stop-confirmation', 'revoked'],
  ['STOP is confirmed though an agent has taken over', 'STOP', { mode: 'agent' }, 'stop-confirmation', 'revoked'],
  ['a second STOP is not confirmed again', 'STOP', { consent: stopped }, undefined, 'revoked'],
  ['STOP after START again is confirmed', 'STOP', { consent: restarted }, 'stop-confirmation', 'revoked'],
  [
    'a STOP that arrives after a later START is recorded in silence',
    'STOP',
    { consent: startedLater },
    undefined,
    'revoked',
  ],
  ['STOP counts beyond the budget, in silence', 'STOP', { answerable: false }, undefined, 'revoked'],
  ['START after STOP is confirmed', 'START', { consent: stopped }, 'start-confirmation', 'given'],
  ['START of somebody who never stopped is confirmed', 'START', {}, 'start-confirmation', 'given'],
  [
    'a START that arrives after a later STOP is recorded in silence',
    'START',
    { consent: stoppedLater },
    undefined,
    'given',
  ],
  ['YES after STOP starts again', 'yes', { consent: stopped }, 'start-confirmation', 'given'],
  ['YES of somebody who never stopped is also an ordinary text', 'Yes!', {}, 'answer', 'given'],
  ['such a YES is left to the agent', 'Yes!', { mode: 'agent' }, undefined, 'given'],
  ['HELP is answered', 'HELP', {}, 'help', undefined],
  ['HELP is answered after STOP too', 'HELP', { consent: stopped }, 'help', undefined],
  ['HELP is answered though an agent has taken over', 'HELP', { mode: 'agent' }, 'help', undefined],
])('%s', (_, text, given, reply, consent) => {
  const decision = decide(text, situation(given));
  expect(decision.reply).toBe(reply);
  expect(decision.consent).toBe(consent);
});

test.each<[Situation['kind'], boolean, boolean, boolean]>([
  ['toll-free', false, false, true],
  ['short-code-us', false, false, false],
  ['short-code', true, true, true],
  ['long-code', true, true, true],
  ['carrier-answered', false, false, true],
  ['sender-id', false, false, false],
])('on a %s number the app answers STOP: %s, START: %s, HELP: %s', (kind, stop, start, help) => {
  expect(decide('STOP', situation({ kind })).reply !== undefined).toBe(stop);
  expect(decide('START', situation({ kind, consent: stopped })).reply !== undefined).toBe(start);
  expect(decide('HELP', situation({ kind })).reply !== undefined).toBe(help);
});

test.each(numberKinds)('on a %s number STOP and START are recorded, whoever answers them', (kind) => {
  expect(decide('STOP', situation({ kind })).consent).toBe('revoked');
  expect(decide('START', situation({ kind })).consent).toBe('given');
});

test('a wish to be left alone that is no keyword is marked for a person and answered as it is', () => {
  const decision = decide('please stop texting me', situation());
  expect(decision).toMatchObject({ suggestsStop: true, reply: 'answer' });
  expect(decision.consent).toBeUndefined();
});
