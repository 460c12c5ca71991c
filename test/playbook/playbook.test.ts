import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from './faultsOf.ts';

const rule = { name: 'hours', when: { keyword: ['hours'] }, reply: 'We are open 9 to 5.' };
const smallest = { business: { name: 'Bakery', timeZone: 'America/Los_Angeles' }, sms: { rules: [] } };
const full = {
  ...smallest,
  hours: { week: { monday: '09:00-17:00' }, dates: { '2026-12-25': 'closed' } },
  sms: { rules: [rule], greeting: 'Hi', fallback: 'Sorry?', closed: 'Closed.', help: '{{business}}' },
};

const withSms = (sms: object) => ({ ...full, sms: { ...full.sms, ...sms } });
const withRule = (changes: object) => withSms({ rules: [{ ...rule, ...changes }] });
const withWhen = (when: object) => withRule({ when });
const withHours = (hours: object) => ({ ...full, hours: { ...full.hours, ...hours } });
const withBusiness = (business: object) => ({ ...full, business: { ...full.business, ...business } });

test.each([
  ['the smallest', smallest],
  ['a full one', full],
  ['one with a schema for editors', { ...full, $schema: './playbook.schema.json' }],
  ['a language', withBusiness({ language: 'fr-CA' })],
  ['the name of the business instead of its placeholder', withSms({ help: 'Bakery, Main Street' })],
  ['YES, which is an ordinary word too', withWhen({ keyword: ['yes'] })],
  ['templates', { ...full, templates: [{ name: 'Ready', text: 'Your order is ready.' }] }],
  ['a phrase with a reserved word', withWhen({ phrase: ['cancel my order', 'help'] })],
])('%s has no fault', (_, json) => {
  expect(faultsOf(json)).toEqual([]);
});

test.each([
  ['no object', [], 'the playbook: must be an object in { }'],
  ['nothing', undefined, 'the playbook: is missing; it must be an object in { }'],
  ['a missing part', { business: full.business }, 'sms: is missing; it must be an object in { }'],
  [
    'two templates of one name',
    {
      ...full,
      templates: [
        { name: 'Ready', text: 'Ready.' },
        { name: 'Ready', text: 'Done.' },
      ],
    },
    'templates[1].name: "Ready" is what templates[0] is called already; choose another name',
  ],
  [
    'a template with something to be filled in',
    { ...full, templates: [{ name: 'Ready', text: 'Hi {{name}}' }] },
    'templates[0].text: is for a person to finish, and nothing is filled in; take the {{ }} out',
  ],
  [
    'a template that is too long to be sent',
    { ...full, templates: [{ name: 'Ready', text: 'a'.repeat(2_049) }] },
    'templates[0].text: is too long; at most 2048 characters',
  ],
  [
    'a misspelt key',
    { ...full, sms: full.sms, bussiness: 1 },
    'the playbook: has no place for "bussiness" (did you mean "business"?); what may stand here: $schema, business, hours, sms',
  ],
  [
    'a stray key',
    withRule({ colour: 'red' }),
    'sms.rules[0]: has no place for "colour"; what may stand here: name, when, open, reply',
  ],
  ['a number for a text', withRule({ reply: 7 }), 'sms.rules[0].reply: must be text in quotes'],
  ['null for a text', withRule({ reply: null }), 'sms.rules[0].reply: must be text in quotes'],
  ['an empty reply', withRule({ reply: ' ' }), 'sms.rules[0].reply: must say something'],
  ['text for true or false', withRule({ open: 'yes' }), 'sms.rules[0].open: must be true or false'],
  ['text for a list', withWhen({ keyword: 'hours' }), 'sms.rules[0].when.keyword: must be a list in [ ]'],
  ['no words', withWhen({ keyword: [] }), 'sms.rules[0].when.keyword: must not be empty'],
  [
    'a word without letters',
    withWhen({ phrase: ['?!'] }),
    'sms.rules[0].when.phrase[0]: has no letters or digits; signs and emoji can be found by a pattern',
  ],
  ['no condition', withWhen({}), 'sms.rules[0].when: must have one of keyword, phrase and pattern'],
  [
    'two conditions',
    withWhen({ keyword: ['a'], pattern: 'a' }),
    'sms.rules[0].when: must have one of keyword, phrase and pattern',
  ],
  ['a pattern that is none', withWhen({ pattern: '(' }), /^sms\.rules\[0\]\.when\.pattern: missing closing \)/],
  [
    'a long pattern',
    withWhen({ pattern: 'a'.repeat(501) }),
    'sms.rules[0].when.pattern: is too long; at most 500 characters',
  ],
  [
    'a reserved word',
    withWhen({ keyword: ['Opt-out'] }),
    /^sms\.rules\[0\]\.when\.keyword\[0\]: is never asked for: OPTOUT is acted on/,
  ],
  [
    'an unknown placeholder',
    withRule({ reply: '{{hours.tody}}' }),
    /^sms\.rules\[0\]\.reply: \{\{hours\.tody\}\} is unknown; there are \{\{business\}\}/,
  ],
  ['braces left open', withSms({ greeting: 'Hi {{business' }), /^sms\.greeting: has braces/],
  [
    'a name taken by another rule',
    withSms({ rules: [rule, rule] }),
    'sms.rules[1].name: "hours" is what sms.rules[0] is called already; choose another name',
  ],
  [
    'a name taken by another answer',
    withRule({ name: 'fallback' }),
    'sms.rules[0].name: "fallback" is what another answer is called; choose another name',
  ],
  [
    'help that names nobody',
    withSms({ help: 'Text us.' }),
    'sms.help: must name the business; write {{business}} somewhere in it',
  ],
  ['an unknown time zone', withBusiness({ timeZone: 'Pacific' }), /^business\.timeZone: is no time zone/],
  ['an unknown language', withBusiness({ language: 'xx' }), /^business\.language: is no language tag/],
  ['a malformed language', withBusiness({ language: 'en_US' }), /^business\.language: is no language tag/],
  ['malformed hours', withHours({ week: { monday: '9-5' } }), /^hours\.week\.monday: must be "closed", hours such as/],
  [
    'overlapping hours',
    withHours({ week: { friday: '09:00-12:00, 11:00-13:00' } }),
    /^hours\.week\.friday: has spans that overlap/,
  ],
  ['a short weekday', withHours({ week: { mon: 'closed' } }), /^hours\.week: has no place for "mon"/],
  [
    'a date in words',
    withHours({ dates: { Christmas: 'closed' } }),
    'hours.dates.Christmas: must be a date such as 2026-12-25',
  ],
  [
    'a date that is none',
    withHours({ dates: { '2026-02-30': 'closed' } }),
    'hours.dates["2026-02-30"]: is no day of the calendar',
  ],
])('%s is a fault', (_, json, line) => {
  const faults = faultsOf(json);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(line);
});

test.each([
  ['sms.closed', { closed: 'We are closed.' }],
  ['sms.rules[0].open', { rules: [{ ...rule, open: true }] }],
  ['sms.rules[0].reply', { rules: [{ ...rule, reply: 'Open {{hours.today}}' }] }],
  ['sms.fallback', { fallback: 'Back {{hours.next}}' }],
  ['sms.help', { help: '{{business}} {{hours.week}}' }],
])('without hours %s may not speak of them', (path, sms) => {
  const faults = faultsOf({ ...smallest, sms: { ...smallest.sms, ...sms } });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${path.replace(/[[\].]/g, '\\$&')}: .*but the playbook has no hours`));
});

test('a reply that may become too long with everything filled in is a fault', () => {
  expect(faultsOf(withRule({ reply: 'x'.repeat(2045) }))).toEqual([]);
  expect(faultsOf(withRule({ reply: 'x'.repeat(2046) }))).toEqual([
    'sms.rules[0].reply: may become 2049 characters long, with the greeting before it and everything filled in; a text has at most 2048',
  ]);
  expect(faultsOf(withSms({ help: `{{business}}${'x'.repeat(2043)}` }))).toEqual([
    'sms.help: may become 2049 characters long with everything filled in; a text has at most 2048',
  ]);
});

test('all faults are told at once, whatever else is wrong', () => {
  const faults = faultsOf({
    business: { name: '', timezone: 'UTC' },
    sms: {
      rules: [
        { name: 'a', when: { keyword: ['stop'] }, reply: '{{x}}' },
        { name: 'a', when: { pattern: '(' }, reply: '{{hours.today}}', open: 1 },
        7,
      ],
      help: 'x',
      closed: 3,
    },
  });
  const paths = faults.map((line) => line.slice(0, line.indexOf(': ')));
  expect(paths.sort()).toEqual([
    'business',
    'business.name',
    'business.timeZone',
    'sms.closed',
    'sms.closed',
    'sms.help',
    'sms.rules[0].reply',
    'sms.rules[0].when.keyword[0]',
    'sms.rules[1].name',
    'sms.rules[1].open',
    'sms.rules[1].open',
    'sms.rules[1].reply',
    'sms.rules[1].when.pattern',
    'sms.rules[2]',
  ]);
});

test('whatever the JSON, it is read or refused with its faults; nothing else is thrown', () => {
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(full.sms, full.hours, full.business, [rule], rule),
  );
  const playbookLike = fc.record(
    {
      business: part,
      hours: part,
      sms: fc.oneof(
        part,
        fc.record({
          rules: fc.oneof(
            part,
            fc.array(fc.oneof(part, fc.record({ name: part, when: part, reply: part, open: part }))),
          ),
          help: part,
          closed: part,
        }),
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), playbookLike), (json) => void faultsOf(json)),
    { numRuns: 500 },
  );
});
