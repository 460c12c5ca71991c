import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from './faultsOf.ts';

const business = { name: 'Bakery', timeZone: 'America/Los_Angeles' };
const hours = { week: { monday: '09:00-17:00' } };
const withCalls = (calls: unknown) => ({ business, hours, sms: { rules: [] }, calls });

const menu = { prompt: 'Press 1.', choices: [{ key: '1', go: 'bye' }], otherwise: 'bye' };
const steps = { ask: { menu }, bye: { hangUp: true } };
const calls = { start: 'ask', steps };

const calling = (changes: object) => withCalls({ ...calls, ...changes });
const stepping = (more: object, start = 'ask') => calling({ start, steps: { ...steps, ...more } });
/** A step with which everything begins, and which says by itself where it leads. */
const beginning = (step: unknown) => stepping({ first: step }, 'first');
const saying = (say: unknown) => beginning({ say, go: 'ask' });
const withMenu = (changes: object) => stepping({ ask: { menu: { ...menu, ...changes } } });
const withChoice = (choice: object) => withMenu({ choices: [{ key: '1', go: 'bye' }, choice] });
const withAsk = (changes: object) =>
  beginning({ ask: { prompt: 'Your order?', digits: 4, otherwise: 'ask', ...changes }, go: 'ask' });
const withVoicemail = (changes: object) => beginning({ voicemail: { prompt: 'Speak.', ...changes }, go: 'ask' });
const withTransfer = (changes: object) => beginning({ transfer: { to: '+14255550199', otherwise: 'ask', ...changes } });

test.each<[string, unknown]>([
  ['the smallest', withCalls(calls)],
  [
    'a round with a question in it',
    stepping({ ask: { menu: { ...menu, otherwise: 'again' } }, again: { say: 'Again.', go: 'ask' } }),
  ],
  [
    'a round by way of what was entered',
    beginning({ ask: { prompt: 'Your order?', digits: 4, otherwise: 'ask' }, go: 'first' }),
  ],
  [
    'a step that only an outbound call begins with',
    calling({ outbound: { ready: 'ready' }, steps: { ...steps, ready: { hangUp: 'Ready.' } } }),
  ],
  [
    'a step that only a closed line leads to',
    calling({ closed: { go: 'closed' }, steps: { ...steps, closed: { hangUp: 'Closed.' } } }),
  ],
  ['a user identity to pass on to', withTransfer({ to: '8:acs:6c6f6361_ada' })],
  ['the same word for several keys', withChoice({ key: '2', phrases: ['bye'], go: 'bye' })],
])('%s has no fault', (_, json) => {
  expect(faultsOf(json)).toEqual([]);
});

const neverReached = 'is never reached; let a step lead to it, or take it out';
const nameOfStep = 'must be the name of a step: a letter, then letters, digits, _ and -';
const oneKind = 'must have one of say, menu, ask, text, voicemail, transfer, hours, hangUp';
const noPlaceForGo = 'has no place for "go"; it may stand beside say, ask, text, voicemail';
const someone = 'must be a number such as +14255550123, or a user identity such as 8:acs:…_…';
const inTheFolder = 'must be a file in the folder prompts, such as welcome.wav';
const textOrObject = 'must be text in quotes, or an object in { }';
const placeholders =
  '{{hours.tody}} is unknown; there are {{business}}, {{number}}, {{date}}, {{hours.today}}, {{hours.week}}, {{hours.next}}, {{hours.until}}';

test.each<[string, unknown, string]>([
  // Of the whole.
  ['no object', withCalls(7), 'calls: must be an object in { }'],
  ['no beginning', calling({ start: undefined }), 'calls.start: is missing; it must be text in quotes'],
  [
    'a misspelt part',
    calling({ outbond: {} }),
    'calls: has no place for "outbond" (did you mean "outbound"?); what may stand here: language, voice, start, closed, blocked, outbound, missedText, longestSeconds, steps',
  ],
  [
    'no steps',
    withCalls({ start: 'ask', steps: {} }),
    'calls.start: names a step that is not there: "ask"; there are none',
  ],
  [
    'an unknown language',
    calling({ language: 'xx' }),
    'calls.language: is no language tag; write one such as en-US, es or fr-CA',
  ],
  ['a voice without a name', calling({ voice: ' ' }), 'calls.voice: must say something'],
  ['a voice with a long name', calling({ voice: 'x'.repeat(101) }), 'calls.voice: is too long; at most 100 characters'],
  ['no second', calling({ longestSeconds: 0 }), 'calls.longestSeconds: must be 1 or more'],
  ['more than two hours', calling({ longestSeconds: 7_201 }), 'calls.longestSeconds: must be 7200 or less'],
  ['a part of a second', calling({ longestSeconds: 1.5 }), 'calls.longestSeconds: must be a whole number'],
  ['seconds in quotes', calling({ longestSeconds: '900' }), 'calls.longestSeconds: must be a number without quotes'],
  ['a blocked word', calling({ blocked: ['anonymous'] }), 'calls.blocked[0]: must be a number such as +14255550123'],
  ...['14255550123', '+14255550123 '].map((number): [string, unknown, string] => [
    `a blocked number written as ${JSON.stringify(number)}, by which nobody calls`,
    calling({ blocked: [number] }),
    'calls.blocked[0]: must be a number such as +14255550123',
  ]),
  ['a blocked short code', calling({ blocked: ['12345'] }), 'calls.blocked[0]: must be a number such as +14255550123'],
  [
    'very many who are blocked',
    calling({ blocked: Array(1_001).fill('+14255550123') }),
    'calls.blocked: is too long; at most 1000 items',
  ],
  [
    'a name of an outbound call with a space',
    calling({ outbound: { 'is ready': 'bye' } }),
    `calls.outbound["is ready"]: ${nameOfStep}`,
  ],
  [
    'an unknown placeholder in the text to who was missed',
    calling({ missedText: '{{hours.tody}}' }),
    `calls.missedText: ${placeholders}`,
  ],
  [
    'a long text to who was missed',
    calling({ missedText: 'x'.repeat(2_049) }),
    'calls.missedText: may become 2049 characters long with everything filled in; a text has at most 2048',
  ],
  // Of a closed line.
  [
    'a closed line on which nothing is done',
    calling({ closed: {} }),
    'calls.closed: must have one of go, reject, redirect',
  ],
  [
    'a closed line on which two things are done',
    calling({ closed: { go: 'bye', reject: true } }),
    'calls.closed: must have one of go, reject, redirect',
  ],
  [
    'a closed line that is not rejected',
    calling({ closed: { reject: false } }),
    'calls.closed.reject: must be true, or left out',
  ],
  [
    'a closed line that leads to a word',
    calling({ closed: { redirect: 'home' } }),
    `calls.closed.redirect: ${someone}`,
  ],
  // Of the ways between steps.
  ['a way that is a number', beginning({ say: 'Hi.', go: 7 }), 'calls.steps.first.go: must be text in quotes'],
  [
    'a step that is not there',
    stepping({ ask: { menu: { ...menu, otherwise: 'nowhere' } } }),
    'calls.steps.ask.menu.otherwise: names a step that is not there: "nowhere"; there are ask, bye',
  ],
  [
    'a step that is nearly there',
    calling({ closed: { go: 'byee' } }),
    'calls.closed.go: names a step that is not there: "byee"; did you mean "bye"?',
  ],
  [
    'a choice of a step that is not there',
    withChoice({ key: '2', go: 'nowhere' }),
    'calls.steps.ask.menu.choices[1].go: names a step that is not there: "nowhere"; there are ask, bye',
  ],
  [
    'an outbound call that begins nowhere',
    calling({ outbound: { ready: 'nowhere' } }),
    'calls.outbound.ready: names a step that is not there: "nowhere"; there are ask, bye',
  ],
  [
    'hours that lead nowhere',
    beginning({ hours: { open: 'ask', closed: 'nowhere' } }),
    'calls.steps.first.hours.closed: names a step that is not there: "nowhere"; there are ask, bye, first',
  ],
  [
    'a transfer that comes back nowhere',
    stepping({
      ask: { menu: { ...menu, otherwise: 'pass' } },
      pass: { transfer: { to: '+14255550199', otherwise: 'nowhere' } },
    }),
    'calls.steps.pass.transfer.otherwise: names a step that is not there: "nowhere"; there are ask, bye, pass',
  ],
  ['a step to which nothing leads', stepping({ lost: { hangUp: true } }), `calls.steps.lost: ${neverReached}`],
  [
    'a step to which only itself leads',
    stepping({ lost: { menu: { ...menu, otherwise: 'lost' } } }),
    `calls.steps.lost: ${neverReached}`,
  ],
  [
    'a round of one',
    beginning({ hours: { open: 'first', closed: 'ask' } }),
    'calls.steps.first: goes round for ever without asking anything: first → first',
  ],
  [
    'a round of a text and a transfer that fails',
    stepping({ bye: { text: 'Hi.', go: 'pass' }, pass: { transfer: { to: '+14255550199', otherwise: 'bye' } } }),
    'calls.steps.bye: goes round for ever without asking anything: bye → pass → bye',
  ],
  // Of a step.
  ['a name that begins with a digit', stepping({ '1x': { hangUp: true } }), `calls.steps.1x: ${nameOfStep}`],
  ['a step that is a word', stepping({ bye: 'hang up' }), 'calls.steps.bye: must be an object in { }'],
  ['a step that does nothing', stepping({ bye: {} }), `calls.steps.bye: ${oneKind}`],
  ['a step that does two things', stepping({ bye: { say: 'Bye.', hangUp: true } }), `calls.steps.bye: ${oneKind}`],
  ['a menu that goes on by itself', stepping({ ask: { menu, go: 'bye' } }), `calls.steps.ask: ${noPlaceForGo}`],
  ['an end after which it goes on', stepping({ bye: { hangUp: true, go: 'ask' } }), `calls.steps.bye: ${noPlaceForGo}`],
  [
    'no end',
    stepping({ bye: { hangUp: false } }),
    'calls.steps.bye.hangUp: must be true, text in quotes, or an object in { }',
  ],
  [
    'an end with a file of another form',
    stepping({ bye: { hangUp: { file: 'bye.mp3' } } }),
    `calls.steps.bye.hangUp.file: ${inTheFolder}`,
  ],
  // Of what is said.
  ['a number to be said', saying(7), `calls.steps.first.say: ${textOrObject}`],
  ['nothing to be said', saying(' '), 'calls.steps.first.say: must say something'],
  ['an unknown placeholder', saying('{{hours.tody}}'), `calls.steps.first.say: ${placeholders}`],
  [
    'braces left open',
    saying('Hi {{business'),
    'calls.steps.first.say: has braces without their counterpart; write {{ and }} around a name',
  ],
  ['SSML that says nothing', saying({ ssml: '' }), 'calls.steps.first.say.ssml: must say something'],
  [
    'long SSML',
    saying({ ssml: 'x'.repeat(8_001) }),
    'calls.steps.first.say.ssml: is too long; at most 8000 characters',
  ],
  ['a file of another form', saying({ file: 'hello.mp3' }), `calls.steps.first.say.file: ${inTheFolder}`],
  ['a file elsewhere', saying({ file: '../hello.wav' }), `calls.steps.first.say.file: ${inTheFolder}`],
  [
    'SSML and a file',
    saying({ ssml: '<speak/>', file: 'hello.wav' }),
    'calls.steps.first.say: has no place for "file"; what may stand here: ssml',
  ],
  // Of a menu.
  ['no prompt', withMenu({ prompt: undefined }), `calls.steps.ask.menu.prompt: is missing; it ${textOrObject}`],
  ['no choices', withMenu({ choices: [], otherwise: 'bye' }), 'calls.steps.ask.menu.choices: must not be empty'],
  [
    'more choices than keys',
    withMenu({ choices: Array(13).fill({ phrases: ['bye'], go: 'bye' }) }),
    'calls.steps.ask.menu.choices: is too long; at most 12 items',
  ],
  [
    'nowhere to go without a choice',
    withMenu({ otherwise: undefined }),
    'calls.steps.ask.menu.otherwise: is missing; it must be text in quotes',
  ],
  [
    'a choice that leads nowhere',
    withChoice({ key: '2' }),
    'calls.steps.ask.menu.choices[1].go: is missing; it must be text in quotes',
  ],
  [
    'a choice that nobody can make',
    withChoice({ go: 'bye' }),
    'calls.steps.ask.menu.choices[1]: must have a key, phrases, or both',
  ],
  [
    'a key that is none',
    withChoice({ key: '10', go: 'bye' }),
    'calls.steps.ask.menu.choices[1].key: must be a key: 0 to 9, * or #',
  ],
  [
    'a key without quotes',
    withChoice({ key: 2, go: 'bye' }),
    'calls.steps.ask.menu.choices[1].key: must be a key: 0 to 9, * or #',
  ],
  [
    'a key for two things',
    withChoice({ key: '1', go: 'bye' }),
    'calls.steps.ask.menu.choices[1].key: "1" chooses something else already',
  ],
  ['no phrases', withChoice({ phrases: [], go: 'bye' }), 'calls.steps.ask.menu.choices[1].phrases: must not be empty'],
  [
    'a phrase without letters',
    withChoice({ phrases: ['?!'], go: 'bye' }),
    'calls.steps.ask.menu.choices[1].phrases[0]: has no letters or digits; signs and emoji can be found by a pattern',
  ],
  ['no time to answer', withMenu({ seconds: 0 }), 'calls.steps.ask.menu.seconds: must be 1 or more'],
  ['more time than ACS waits', withMenu({ seconds: 301 }), 'calls.steps.ask.menu.seconds: must be 300 or less'],
  ['no try', withMenu({ tries: 0 }), 'calls.steps.ask.menu.tries: must be 1 or more'],
  ['tries that try patience', withMenu({ tries: 11 }), 'calls.steps.ask.menu.tries: must be 10 or less'],
  ['another question that is a number', withMenu({ again: 7 }), `calls.steps.ask.menu.again: ${textOrObject}`],
  // Of the other kinds.
  ['no digits', withAsk({ digits: 0 }), 'calls.steps.first.ask.digits: must be 1 or more'],
  ['too many digits', withAsk({ digits: 21 }), 'calls.steps.first.ask.digits: must be 20 or less'],
  [
    'a number of digits left out',
    withAsk({ digits: undefined }),
    'calls.steps.first.ask.digits: is missing; it must be a number without quotes',
  ],
  [
    'nowhere to go without an answer',
    withAsk({ otherwise: undefined }),
    'calls.steps.first.ask.otherwise: is missing; it must be text in quotes',
  ],
  ['a message of no length', withVoicemail({ seconds: 0 }), 'calls.steps.first.voicemail.seconds: must be 1 or more'],
  [
    'a message of more than five minutes',
    withVoicemail({ seconds: 301 }),
    'calls.steps.first.voicemail.seconds: must be 300 or less',
  ],
  [
    'a message that nobody asks for',
    withVoicemail({ prompt: undefined }),
    `calls.steps.first.voicemail.prompt: is missing; it ${textOrObject}`,
  ],
  ['a number without its plus', withTransfer({ to: '14255550199' }), `calls.steps.first.transfer.to: ${someone}`],
  ['a user identity that is none', withTransfer({ to: '8:acs:ada' }), `calls.steps.first.transfer.to: ${someone}`],
  [
    'hours with one way',
    beginning({ hours: { open: 'ask' } }),
    'calls.steps.first.hours.closed: is missing; it must be text in quotes',
  ],
  [
    'a long text',
    beginning({ text: 'x'.repeat(2_049), go: 'ask' }),
    'calls.steps.first.text: may become 2049 characters long with everything filled in; a text has at most 2048',
  ],
])('%s is a fault', (_, json, line) => {
  // Where a way is at fault, the step at its end may be out of reach too; rows about something else pass that over.
  expect(faultsOf(json).filter((fault) => !fault.endsWith(neverReached) || line.endsWith(neverReached))).toEqual([
    line,
  ]);
});

test.each<[string, object, string]>([
  ['calls.closed', { closed: { reject: true } }, 'is for closed hours'],
  ['calls.missedText', { missedText: '{{hours.next}}' }, 'speaks of {{hours.next}}'],
  ['calls.steps.bye.hangUp', { steps: { ...steps, bye: { hangUp: '{{hours.today}}' } } }, 'speaks of {{hours.today}}'],
  [
    'calls.steps.ask.menu.again',
    { steps: { ...steps, ask: { menu: { ...menu, again: '{{hours.week}}' } } } },
    'speaks of {{hours.week}}',
  ],
  ['calls.steps.bye.text', { steps: { ...steps, bye: { text: '{{hours.until}}' } } }, 'speaks of {{hours.until}}'],
  [
    'calls.steps.when.hours',
    { start: 'when', steps: { ...steps, when: { hours: { open: 'ask', closed: 'bye' } } } },
    'asks for hours',
  ],
])('without hours %s may not speak of them', (path, changes, fault) => {
  const { hours: _, ...hourless } = calling(changes);
  expect(faultsOf(hourless)).toEqual([
    `${path}: ${fault}, but the playbook has no hours; add hours, or leave this out`,
  ]);
});

test('all faults of calls are told at once', () => {
  expect(
    faultsOf(
      calling({
        start: 'aks',
        longestSeconds: 0,
        steps: { ask: { menu: { ...menu, tries: 0, otherwise: 'nowhere' } }, bye: {} },
      }),
    ),
  ).toEqual([
    'calls.longestSeconds: must be 1 or more',
    'calls.steps.ask.menu.tries: must be 1 or more',
    `calls.steps.bye: ${oneKind}`,
    'calls.start: names a step that is not there: "aks"; there are ask, bye',
    'calls.steps.ask.menu.otherwise: names a step that is not there: "nowhere"; there are ask, bye',
    `calls.steps.ask: ${neverReached}`,
    `calls.steps.bye: ${neverReached}`,
  ]);
});

/** A playbook of which some parts are something else. */
function distort(sample: object, place: number, value: unknown): object {
  let part = 0;
  return JSON.parse(JSON.stringify(sample, (_, own) => (++part === place ? value : own)));
}

test('whatever is said of calls, it is read or refused with its faults; nothing else is thrown', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 9, max: 60 }), fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
      (places) => {
        const whole = withAsk({});
        faultsOf(places.reduce<object>((file, [place, value]) => distort(file, place, value), whole));
      },
    ),
    { numRuns: 1_000 },
  ));
