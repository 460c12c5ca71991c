import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { answerFrom, helpText, startConfirmation, stopConfirmation } from '../../shared/playbook/answer.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import { responders } from '../../shared/playbook/responders.ts';
import { measure } from '../../shared/sms/segments.ts';

const root = new URL('../../', import.meta.url);
const shipped = parsePlaybook(JSON.parse(readFileSync(new URL('playbook.json', root), 'utf8')));
const open = Date.parse('2026-11-24T09:00-08:00');
const closed = Date.parse('2026-11-25T20:00-08:00');

const asked = (text: string, at = open, firstContact = false) => ({
  text,
  at,
  firstContact,
  service: '+18005550100' as PhoneNumber,
  subscriber: '+14255550101' as PhoneNumber,
});

const hours = 'We are open Tue-Fri 7 AM-3 PM; Sat 8 AM-4 PM; Sun 8 AM-1 PM. Today: 7 AM-3 PM.';

test('it answers “hours”', () => {
  expect(answerFrom(shipped, asked('hours'))).toEqual({ rule: 'hours', text: hours });
});

test('it greets a first contact', () => {
  expect(answerFrom(shipped, asked('Hours', open, true))?.text).toBe(
    `Hi, this is Juniper Street Bakery. Reply HELP for help, STOP to opt out.\n${hours}`,
  );
});

test.each([
  ['Where are you?', open, 'location'],
  ['my order #1234', open, 'pickup while open'],
  ['my order #1234', closed, 'pickup while closed'],
  ['Do you have rye?', open, 'fallback'],
  ['Do you have rye?', closed, 'closed'],
])('%j at %d is answered by %s', (text, at, rule) => {
  expect(answerFrom(shipped, asked(text, at))?.rule).toBe(rule);
});

test('its opening again skips Thanksgiving', () => {
  expect(answerFrom(shipped, asked('hi', closed))?.text).toContain('open again Friday 7 AM');
});

test('all it says is in GSM-7, and in one segment, even greeted', () => {
  const texts = ['hours', 'parking?', 'order 1234', 'hello'];
  const said = [open, closed].flatMap((at) =>
    texts.map((text) => answerFrom(shipped, asked(text, at, text === 'hours'))?.text),
  );
  const fixed = [helpText, stopConfirmation, startConfirmation].map((text) => text(shipped, asked('')));
  for (const text of [...said, ...fixed])
    expect([text, measure(text ?? '')]).toEqual([text, { segments: 1, encoding: 'gsm7' }]);
});

test('its JSON Schema is in step with the code', async () => {
  const script = new URL('scripts/playbookSchema.ts', root).pathname;
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
});

test('no responders are shipped', () => {
  expect(responders).toEqual([]);
});

test.each(shipped.templates)('its template “$name” is a text of one segment', ({ text }) => {
  expect(measure(text).segments).toBe(1);
});

test('it has templates for agents', () => {
  expect(shipped.templates).toHaveLength(3);
});
