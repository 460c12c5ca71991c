import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { beginning, move } from '../../shared/calls/callFlow.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { fillIn } from '../../shared/playbook/answer.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import { branchesOf, type Turn, walk } from './callWalk.ts';

const shipped = parsePlaybook(JSON.parse(readFileSync(new URL('../../playbook.json', import.meta.url), 'utf8')));
const script = shipped.calls!;
const service = '+18005550100' as PhoneNumber;
const times = { open: Date.parse('2026-11-24T09:00-08:00'), closed: Date.parse('2026-11-25T20:00-08:00') };

/** The steps with which a call can begin, by what it is. */
const entrances: Readonly<Record<string, string>> = {
  'while open': script.start,
  ...(script.closed?.type === 'go' && { 'while closed': script.closed.go }),
  ...Object.fromEntries(script.outbound),
};

function called(entrance: string, turns: readonly Turn[]) {
  const open = entrance !== 'while closed';
  const { said, texts, ...rest } = walk({ script, start: entrances[entrance]!, open }, turns);
  const filledIn = (text: string) => fillIn(shipped, text, { service, at: open ? times.open : times.closed });
  return { said: said.map(filledIn), texts: texts.map(filledIn), ...rest };
}

const welcome =
  'Hello, this is Juniper Street Bakery. For our opening hours, press 1. For a text with our address and a map, press 2. To speak with somebody at the counter, press 3. To leave a message, press 4.';
const again =
  'Sorry, I did not get that. Press 1 for opening hours, 2 for our address by text, 3 for the counter, or 4 to leave a message.';
const hours = 'We are open Tue-Fri 7 AM-3 PM; Sat 8 AM-4 PM; Sun 8 AM-1 PM.';
const address = 'Juniper Street Bakery, 214 Juniper Street, next to the library: https://example.com/map';
const addressSent = 'We have just sent you a text with our address. Goodbye!';
const counter = 'One moment, please.';
const nobody = 'Nobody can come to the phone right now.';
const message = ['Please leave a message after the tone. Press any key when you are done.', '(tone)'];
const thanks = 'Thank you. We will get back to you. Goodbye!';
const closed = 'Hello, this is Juniper Street Bakery. We are closed right now and open again Friday 7 AM.';
const orderReady = 'Hello, this is Juniper Street Bakery. Your order is ready to be picked up. See you soon!';

interface Call {
  readonly who: string;
  readonly entrance?: string;
  readonly turns: readonly Turn[];
  readonly said: readonly string[];
  readonly texts?: readonly string[];
  readonly outcome: string;
}

const calls: readonly Call[] = [
  { who: 'hangs up at once', turns: ['hangs up'], said: [welcome], outcome: 'abandoned' },
  { who: 'asks for hours by key', turns: ['1', 'hangs up'], said: [welcome, hours, welcome], outcome: 'answered' },
  {
    who: 'asks for hours in words',
    turns: [{ choice: 0 }, 'hangs up'],
    said: [welcome, hours, welcome],
    outcome: 'answered',
  },
  {
    who: 'asks for the address by key',
    turns: ['2'],
    said: [welcome, addressSent],
    texts: [address],
    outcome: 'answered',
  },
  {
    who: 'asks for the address in words',
    turns: [{ choice: 1 }],
    said: [welcome, addressSent],
    texts: [address],
    outcome: 'answered',
  },
  { who: 'is passed on', turns: ['3', 'taken'], said: [welcome, counter], outcome: 'transferred' },
  { who: 'is passed on in words', turns: [{ choice: 2 }, 'taken'], said: [welcome, counter], outcome: 'transferred' },
  {
    who: 'finds nobody there',
    turns: ['3', 'not taken', '#'],
    said: [welcome, counter, nobody, ...message, thanks],
    outcome: 'voicemail',
  },
  { who: 'leaves a message by key', turns: ['4', '#'], said: [welcome, ...message, thanks], outcome: 'voicemail' },
  {
    who: 'leaves a message in words',
    turns: [{ choice: 3 }, 'silence'],
    said: [welcome, ...message, thanks],
    outcome: 'voicemail',
  },
  { who: 'hangs up after the message', turns: ['4', 'hangs up'], said: [welcome, ...message], outcome: 'voicemail' },
  {
    who: 'cannot be recorded',
    turns: ['4', 'cannot record'],
    said: [welcome, ...message, thanks],
    outcome: 'answered',
  },
  {
    who: 'says nothing',
    turns: ['silence', 'silence', 'silence', '#'],
    said: [welcome, again, again, ...message, thanks],
    outcome: 'voicemail',
  },
  {
    who: 'presses what is not there, and then what is',
    turns: ['9', '2'],
    said: [welcome, again, addressSent],
    texts: [address],
    outcome: 'answered',
  },
  {
    who: 'presses what is not there, and says nothing',
    turns: ['9', 'silence', '0', 'hangs up'],
    said: [welcome, again, again, ...message],
    outcome: 'voicemail',
  },
  {
    who: 'calls while we are closed',
    entrance: 'while closed',
    turns: ['#'],
    said: [closed, ...message, thanks],
    outcome: 'voicemail',
  },
  { who: 'is told of an order', entrance: 'order-ready', turns: [], said: [orderReady], outcome: 'answered' },
];

test.each(calls)('a caller who $who', ({ entrance = 'while open', turns, said, texts = [], outcome }) => {
  expect(called(entrance, turns)).toMatchObject({ said, texts, outcome, unused: 0 });
});

test('no branch of the shipped playbook is left unwalked', () => {
  const walked = new Set(calls.flatMap(({ entrance = 'while open', turns }) => called(entrance, turns).branches));
  expect(branchesOf(script).filter((branch) => !walked.has(branch))).toEqual([]);
  expect([...walked].filter((branch) => !branchesOf(script).includes(branch))).toEqual([]);
});

test('no beginning is left out', () => {
  const begun = new Set(calls.map(({ entrance = 'while open' }) => entrance));
  expect(Object.keys(entrances).filter((entrance) => !begun.has(entrance))).toEqual([]);
});

describe.each([...script.steps.keys()])('at %s', (name) => {
  const setting = { script, open: true };
  const { state } = move(beginning(name), { type: 'connected' }, setting);

  test('a caller who hangs up hears no more', () => {
    expect(move(state, { type: 'disconnected' }, setting)).toEqual({
      state: { ...state, doing: 'over' },
      texts: [],
      visited: [],
    });
  });

  test('a call that has lasted too long is ended', () => {
    const ending = move(state, { type: 'tooLong' }, setting);
    expect(ending.command).toEqual({ type: 'hangUp' });
    expect(move(ending.state, { type: 'disconnected' }, setting).state.doing).toBe('over');
  });

  test.each<Turn>(['silence', '*'])('a caller who never does anything but %s is let go', (turn) => {
    expect(() => walk({ ...setting, start: name }, Array(100).fill(turn))).not.toThrow();
  });
});
