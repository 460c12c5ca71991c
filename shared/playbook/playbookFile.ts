import * as z from 'zod/mini';
import { maxTextLength } from '../core/textLimit.ts';
import { callsFile } from './callsFile.ts';
import { faultsAcross } from './coherence.ts';
import { date, exactly, hoursOfDay, keywords, language, pattern, phrases, template, text, timeZone } from './fields.ts';

/** Checks that look across an object are made even where parts of it have faults of their own. */
const isObject = ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null;

const business = exactly({
  name: text('What people call the business; {{business}} in texts.', 60),
  timeZone,
  language: z._default(language, 'en-US'),
}).check(z.describe('Who answers, and where.'));

/** Monday first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const day = z.optional(hoursOfDay);

const week = exactly({
  monday: day,
  tuesday: day,
  wednesday: day,
  thursday: day,
  friday: day,
  saturday: day,
  sunday: day,
} satisfies Record<(typeof weekdays)[number], typeof day>);

const hours = exactly({
  week: week.check(z.describe('The hours of each weekday; one that is left out is closed.')),
  dates: z._default(
    z
      .record(date, hoursOfDay)
      .check(z.describe('Dates that differ from their weekday, such as "2026-12-25": "closed".')),
    {},
  ),
  closedWord: z._default(text('What {{hours.today}} and its like say of a time without hours.', 30), 'closed'),
}).check(z.describe('When it is open. Without it nothing may speak of hours.'));

const when = exactly({
  keyword: z.optional(keywords),
  phrase: z.optional(phrases),
  pattern: z.optional(pattern),
}).check(
  z.refine((found) => Object.keys(found).length === 1, {
    error: 'must have one of keyword, phrase and pattern',
    when: isObject,
  }),
  z.describe('Which texts the rule answers: one of keyword, phrase and pattern.'),
  z.meta({ minProperties: 1, maxProperties: 1 }),
);

const rule = exactly({
  name: text('What the rule is called on the timeline and in logs.', 40),
  when,
  open: z.optional(z.boolean().check(z.describe('true: only while open. false: only while closed. Left out: always.'))),
  reply: template('The answer.'),
});

const sms = exactly({
  greeting: z.optional(template('Put before the first answer a subscriber ever gets, on a line of its own.')),
  rules: z.array(rule).check(z.maxLength(200), z.describe('Asked from top to bottom; the first that fits answers.')),
  fallback: z.optional(template('The answer when no rule fits. Left out: no answer.')),
  closed: z.optional(template('Instead of the fallback while closed.')),
  help: z._default(
    template('The answer to HELP. It must name the business.'),
    '{{business}}: text us your question and we will get back to you. Reply STOP to opt out. Msg & data rates may apply.',
  ),
  stopConfirmation: z._default(
    template('Sent once after STOP, where the app confirms it. No advertising.'),
    '{{business}}: you are opted out and will get no more texts from us. Reply START to opt back in.',
  ),
  startConfirmation: z._default(
    template('Sent after START, where the app confirms it.'),
    '{{business}}: you will get texts from us again. Reply HELP for help, STOP to opt out.',
  ),
}).check(z.describe('What is answered to texts.'));

const agentTemplate = exactly({
  name: text('What agents choose it by.', 40),
  text: text(
    'What stands in the composer then, to be changed or sent as it is. Nothing is filled in.',
    maxTextLength,
  ).check(
    z.refine(
      (words) => !/\{\{|\}\}/.test(words),
      'is for a person to finish, and nothing is filled in; take the {{ }} out',
    ),
  ),
});

const templates = z
  .array(agentTemplate)
  .check(
    z.maxLength(100),
    z.describe('Texts that agents start from instead of writing them anew, in the order shown.'),
  );

/** The form of `playbook.json`. What the parts must be to one another is checked too, as far as they can be read. */
export const playbookFile = exactly({
  $schema: z.optional(z.string().check(z.describe('Lets an editor help: ./playbook.schema.json'))),
  business,
  hours: z.optional(hours),
  sms,
  calls: z.optional(callsFile),
  templates: z._default(templates, []),
}).check(
  z.superRefine(
    (file, context) => {
      for (const { path, fault } of faultsAcross(file)) {
        context.addIssue({ code: 'custom', path: [...path], message: fault, input: file });
      }
    },
    { when: isObject },
  ),
);

export type PlaybookFile = z.output<typeof playbookFile>;
