import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  faultsInTemplate,
  type Placeholder,
  placeholders,
  placeholdersIn,
  render,
} from '../../shared/playbook/template.ts';

const values: Readonly<Record<Placeholder, string>> = {
  business: 'Bakery',
  number: '+18005550100',
  date: 'Tuesday',
  'hours.today': '7-15',
  'hours.week': 'Mon 7-15',
  'hours.next': 'tomorrow',
  'hours.until': '15',
};
const valueFor = (placeholder: Placeholder): string => values[placeholder];

test.each([
  ['Hi from {{business}}!', 'Hi from Bakery!'],
  ['{{ business }} {{  hours.today}}', 'Bakery 7-15'],
  ['{{business}}{{business}}', 'BakeryBakery'],
  ['{ business } costs $& and $1', '{ business } costs $& and $1'],
  ['', ''],
])('%j says %j', (template, said) => {
  expect(faultsInTemplate(template)).toEqual([]);
  expect(render(template, valueFor)).toBe(said);
});

test('what is filled in is not filled in again', () => {
  expect(render('{{business}}', () => '{{number}}')).toBe('{{number}}');
});

test.each([
  ['{{hours}}', ['{{hours}} is unknown']],
  ['{{Business}} {{}}', ['{{Business}} is unknown', '{{}} is unknown']],
  ['{{constructor}} {{__proto__}}', ['{{constructor}} is unknown', '{{__proto__}} is unknown']],
  ['{{business', ['braces']],
  ['business}}', ['braces']],
  ['{{foo}} {{', ['{{foo}} is unknown', 'braces']],
])('%j is at fault', (template, faults) => {
  const found = faultsInTemplate(template);
  expect(found).toHaveLength(faults.length);
  for (const [n, fault] of faults.entries()) expect(found[n]).toContain(fault);
});

test('a fault names every placeholder there is', () => {
  for (const name of Object.keys(placeholders)) expect(faultsInTemplate('{{x}}')[0]).toContain(`{{${name}}}`);
});

test('a template without faults never shows braces', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{',
    '}',
    'business',
    ' ',
    'x',
    ...Object.keys(placeholders).map((name) => `{{${name}}}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const template = pieces.join('');
      fc.pre(faultsInTemplate(template).length === 0);
      expect(render(template, valueFor)).not.toMatch(/\{\{|\}\}/);
      expect(render(template, valueFor).includes('Bakery')).toBe(placeholdersIn(template).includes('business'));
    }),
  );
});
