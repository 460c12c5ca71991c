import { expect, test } from 'vitest';
import { nearestName } from '../../shared/playbook/nearestName.ts';

const names = ['greeting', 'rules', 'fallback', 'closed', 'help', 'stopConfirmation', 'startConfirmation'];

test.each([
  ['greting', 'greeting'],
  ['Greeting', 'greeting'],
  ['rule', 'rules'],
  ['fall_back', 'fallback'],
  ['hlep', undefined],
  ['halp', 'help'],
  ['stopconfirmation', 'stopConfirmation'],
  ['starConfirmation', 'startConfirmation'],
  ['banana', undefined],
  ['', undefined],
])('%j is most like %j', (misspelt, name) => {
  expect(nearestName(misspelt, names)).toBe(name);
});

test('among no names none is near', () => {
  expect(nearestName('x', [])).toBeUndefined();
});
