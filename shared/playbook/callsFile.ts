import * as z from 'zod/mini';
import { isE164, type PhoneNumber } from '../core/phoneNumbers.ts';
import { keys } from '../core/tones.ts';
import { exactly, language, phrases, template, text } from './fields.ts';

const isObject = ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null;

/** An object of which exactly one of `names` says what it is. */
const oneOf = (names: readonly string[]) =>
  z.refine<object>((found) => names.filter((name) => Object.hasOwn(found, name)).length === 1, {
    error: `must have one of ${names.join(', ')}`,
    when: isObject,
  });

const stepName = z
  .string()
  .check(z.regex(/^[A-Za-z][\w-]{0,39}$/, 'must be the name of a step: a letter, then letters, digits, _ and -'));

const go = (description: string) => stepName.check(z.describe(description));

/** Whole seconds. */
const seconds = (most: number, description: string) =>
  z.int().check(z.minimum(1, 'must be 1 or more'), z.maximum(most, `must be ${most} or less`), z.describe(description));

/** Written as the provider writes it: what is written otherwise would never be found to be the same. */
const isNumber = (value: string): boolean => isE164(value as PhoneNumber);

const phone = z.string().check(z.refine(isNumber, 'must be a number such as +14255550123'));

/** https://learn.microsoft.com/azure/communication-services/concepts/identifiers */
const userIdentity = /^8:acs:[\w-]+_[\w-]+$/;

const target = z.string().check(
  z.refine(
    (value) => userIdentity.test(value) || isNumber(value),
    'must be a number such as +14255550123, or a user identity such as 8:acs:…_…',
  ),
  z.describe('A number such as +14255550123, or a user identity 8:acs:…'),
);

/** What the forms of a prompt have in common, for whoever wrote none of them. */
const promptForms = 'text in quotes, or an object in { }';

const prompt = z
  .union(
    [
      template('Spoken; needs SPEECH_ENDPOINT.'),
      exactly({ ssml: text('Spoken as SSML says; needs SPEECH_ENDPOINT.', 8_000) }),
      exactly({
        file: z
          .string()
          .check(
            z.regex(/^[\w-]+\.wav$/, 'must be a file in the folder prompts, such as welcome.wav'),
            z.describe('A WAV file in the folder `prompts`: 16-bit PCM, mono, 16 kHz.'),
          ),
      }),
    ],
    `must be ${promptForms}`,
  )
  .check(z.describe('What is heard: text that is spoken, {"ssml": …} or {"file": "….wav"}.'));

const key = z.enum(keys, 'must be a key: 0 to 9, * or #');

/** How often a question is put before the call goes on without an answer. */
const tries = z._default(
  z
    .int()
    .check(
      z.minimum(1, 'must be 1 or more'),
      z.maximum(10, 'must be 10 or less'),
      z.describe('How often it is asked before `otherwise`.'),
    ),
  3,
);

/** 300: https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/recognize-action, initial silence. */
const silence = z._default(seconds(300, 'How long to wait for an answer.'), 5);

const choice = exactly({
  key: z.optional(key),
  phrases: z.optional(phrases.check(z.describe('Words that choose it; needs SPEECH_ENDPOINT.'))),
  go: go('The step it leads to.'),
}).check(
  z.refine((found) => found.key !== undefined || found.phrases !== undefined, {
    error: 'must have a key, phrases, or both',
    when: isObject,
  }),
);

const menu = exactly({
  prompt,
  choices: z.array(choice).check(z.minLength(1), z.maxLength(12)),
  again: z.optional(prompt.check(z.describe('Said instead of the prompt when nothing was understood.'))),
  seconds: silence,
  tries,
  otherwise: go('Where to go when nothing was chosen.'),
}).check(z.describe('Asks for one of several keys or words.'));

const ask = exactly({
  prompt,
  digits: z
    .int()
    .check(
      z.minimum(1, 'must be 1 or more'),
      z.maximum(20, 'must be 20 or less'),
      z.describe('How many digits at most; # ends fewer. Kept on the timeline.'),
    ),
  seconds: silence,
  tries,
  otherwise: go('Where to go when nothing was entered.'),
}).check(z.describe('Asks for digits, such as an order number.'));

const voicemail = exactly({
  prompt,
  seconds: z._default(seconds(300, 'How long a message may be.'), 120),
}).check(z.describe('Records a message, after a tone, until a key is pressed, silence, or its time is up.'));

const transfer = exactly({
  to: target,
  prompt: z.optional(prompt.check(z.describe('Said before.'))),
  otherwise: go('Where to go when nobody takes the call.'),
}).check(z.describe('Passes the call on.'));

const hours = exactly({ open: go('While open.'), closed: go('While closed.') });

/** What a step does, and whether it says by itself where the call goes next. */
const kinds = ['say', 'menu', 'ask', 'text', 'voicemail', 'transfer', 'hours', 'hangUp'] as const;
export const leadingOn = ['say', 'ask', 'text', 'voicemail'] as const;

const step = exactly({
  say: z.optional(prompt),
  menu: z.optional(menu),
  ask: z.optional(ask),
  text: z.optional(template('Sent to the caller as a text, if consent and limits allow it.')),
  voicemail: z.optional(voicemail),
  transfer: z.optional(transfer),
  hours: z.optional(hours.check(z.describe('Goes one way while open and another while closed.'))),
  hangUp: z.optional(
    z
      .union([z.literal(true), prompt], `must be true, ${promptForms}`)
      .check(z.describe('Ends the call: true, or what is said first.')),
  ),
  go: z.optional(go('The next step; left out after say, text and voicemail, the call ends.')),
}).check(
  oneOf(kinds),
  z.refine((found) => found.go === undefined || leadingOn.some((kind) => found[kind] !== undefined), {
    error: `has no place for "go"; it may stand beside ${leadingOn.join(', ')}`,
    when: isObject,
  }),
  z.describe(`One of ${kinds.join(', ')}.`),
);

const closedLine = exactly({
  go: z.optional(go('Answer, with this step.')),
  reject: z.optional(z.literal(true, 'must be true, or left out').check(z.describe('Do not answer.'))),
  redirect: z.optional(target),
}).check(
  oneOf(['go', 'reject', 'redirect']),
  z.describe('What becomes of calls while closed. Left out: as while open.'),
);

/** The part of `playbook.json` about calls. */
export const callsFile = exactly({
  language: z.optional(language.check(z.describe('What is spoken and understood; by default that of the business.'))),
  voice: z.optional(text('The name of a voice of Azure AI Speech, such as en-US-AvaMultilingualNeural.', 100)),
  start: go('The first step of a call that comes in.'),
  closed: z.optional(closedLine),
  blocked: z._default(z.array(phone).check(z.maxLength(1_000), z.describe('Callers that are rejected.')), []),
  outbound: z._default(
    z
      .record(stepName, stepName)
      .check(z.describe('What an agent may have the bot say on a call it makes: a name, and the step it begins with.')),
    {},
  ),
  missedText: z.optional(template('Texted to whoever rang in vain, or hung up before choosing anything.')),
  longestSeconds: z._default(seconds(7_200, 'After this a call is ended.'), 900),
  steps: z.record(stepName, step).check(z.describe('What can happen on a call, each step by its name.')),
}).check(z.describe('How calls are answered. Without it calls are not answered and kept as missed.'));

export type CallsFile = z.output<typeof callsFile>;
export type PromptInFile = z.output<typeof prompt>;
export type StepInFile = z.output<typeof step>;
