import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginning, type CallCommand, type CallEvent, type CallState, move } from '../../shared/calls/callFlow.ts';
import { outcomeOf } from '../../shared/calls/callOutcome.ts';
import { keys } from '../../shared/core/tones.ts';
import { script } from './script.ts';

const key = (pressed: string): CallEvent => ({
  type: 'heard',
  heard: { keys: [...pressed] as (typeof keys)[number][] },
});
const [connected, played, silence, done, failed, transferred, disconnected, tooLong] = (
  ['connected', 'played', 'silence', 'done', 'failed', 'transferred', 'disconnected', 'tooLong'] as const
).map((type): CallEvent => ({ type }));

interface Walked {
  readonly state: CallState;
  readonly commands: readonly CallCommand[];
  readonly texts: readonly string[];
}

function walk(events: readonly CallEvent[], open = true, start = script.start): Walked {
  let state = beginning(start);
  const commands: CallCommand[] = [];
  const texts: string[] = [];
  for (const event of events) {
    const moved = move(state, event, { script, open });
    state = moved.state;
    if (moved.command !== undefined) commands.push(moved.command);
    texts.push(...moved.texts);
  }
  return { state, commands, texts };
}

const inShort = (command: CallCommand): string => {
  const prompt = 'prompt' in command ? command.prompt : undefined;
  const said = prompt === 'tone' ? 'tone' : prompt?.type === 'text' ? prompt.text.slice(0, 12) : prompt?.type;
  return [command.type, said ?? ('to' in command && typeof command.to === 'string' ? command.to : undefined)]
    .filter(Boolean)
    .join(': ');
};

test.each<[string, (CallEvent | undefined)[], string[], string]>([
  ['hangs up at once', [connected, disconnected], ['listen: Press 1 for '], 'abandoned'],
  [
    'hears the hours, and the menu again',
    [connected, key('1'), played, disconnected],
    ['listen: Press 1 for ', 'play: Nine to five', 'listen: Press 1 for '],
    'answered',
  ],
  [
    'asks for a link',
    [connected, key('2'), played, disconnected],
    ['listen: Press 1 for ', 'play: Goodbye.', 'hangUp'],
    'answered',
  ],
  [
    'is passed on',
    [connected, key('3'), played, transferred, disconnected],
    ['listen: Press 1 for ', 'play: One moment.', 'transfer: +14255550199'],
    'transferred',
  ],
  [
    'finds nobody there, and leaves a message',
    [connected, key('3'), played, failed, played, played, done, key('#'), done, played, disconnected],
    [
      'listen: Press 1 for ',
      'play: One moment.',
      'transfer: +14255550199',
      'play: Please leave',
      'play: tone',
      'startRecording',
      'listen',
      'stopRecording',
      'play: file',
      'hangUp',
    ],
    'voicemail',
  ],
  [
    'says nothing three times',
    [connected, silence, silence, silence, disconnected],
    ['listen: Press 1 for ', 'listen: Sorry?', 'listen: Sorry?', 'play: Please leave'],
    'abandoned',
  ],
  [
    'presses what is not there, then what is',
    [connected, key('9'), key('5'), key('1234'), played, disconnected],
    ['listen: Press 1 for ', 'listen: Sorry?', 'listen: Your order n', 'play: Goodbye.', 'hangUp'],
    'answered',
  ],
  ['talks for too long', [connected, tooLong, disconnected], ['listen: Press 1 for ', 'hangUp'], 'answered'],
  ['is gone before we answer', [disconnected], [], 'missed'],
])('a caller who %s', (_, events, commands, outcome) => {
  const walked = walk(events.slice(0, -1) as CallEvent[]);
  expect(walked.commands.map(inShort)).toEqual(commands);
  expect(outcomeOf(walked.state)).toBe(outcome);
  expect(walk(events as CallEvent[]).state.doing).toBe('over');
});

test('a text goes out as it is come to', () => {
  expect(walk([connected!, key('2')]).texts).toEqual(['Our menu: https://example.com']);
});

test.each([
  [true, 'play: One moment.'],
  [false, 'play: Please leave'],
])('while open is %s, the way is another', (open, command) => {
  expect(
    walk([connected!, key('6')], open)
      .commands.map(inShort)
      .at(-1),
  ).toBe(command);
});

test('a spoken choice is the same as its key', () => {
  const spoken = walk([connected!, { type: 'heard', heard: { choice: 2 } }]);
  expect(spoken.commands).toEqual(walk([connected!, key('3')]).commands);
});

const anEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.constantFrom<CallEvent[]>(
    ...[connected, played, silence, done, failed, transferred, tooLong].map((event) => event as CallEvent),
    { type: 'misunderstood' },
  ),
  fc.record({
    type: fc.constant('heard' as const),
    heard: fc.oneof(
      fc.record({ keys: fc.array(fc.constantFrom(...keys), { maxLength: 4 }) }),
      fc.record({ choice: fc.nat(8) }),
      fc.record({ speech: fc.string() }),
    ),
  }),
);
const events = fc.array(anEvent, { maxLength: 60 });

test('nothing is said once the call is over', () =>
  fc.assert(
    fc.property(events, events, (before, after) => {
      const { state } = walk([...before, disconnected!]);
      let last = state;
      for (const event of after) {
        const moved = move(last, event, { script, open: true });
        expect(moved).toEqual({ state: last, texts: [], visited: [] });
        last = moved.state;
      }
    }),
  ));

test('there is always something that moves a call on, save its end', () =>
  fc.assert(
    fc.property(events, (happened) => {
      const { state } = walk(happened);
      const ways = [connected, played, silence, done, failed, transferred, disconnected].map(
        (event) => move(state, event as CallEvent, { script, open: true }).state,
      );
      expect(state.doing === 'over' || ways.some((way) => way !== state)).toBe(true);
    }),
  ));

test('whoever never answers is let go in the end', () => {
  let state = beginning(script.start);
  let commands = 0;
  const natural: Partial<Record<CallState['doing'], CallEvent>> = {
    connecting: connected!,
    saying: played!,
    tone: played!,
    asking: silence!,
    starting: done!,
    recording: silence!,
    stopping: done!,
    transferring: failed!,
  };
  for (; natural[state.doing] !== undefined && commands < 100; commands++)
    state = move(state, natural[state.doing]!, { script, open: true }).state;
  expect(state.doing).toBe('ending');
  expect(commands).toBeLessThan(20);
});

test('when the call has lasted too long it is hung up, whatever is going on', () =>
  fc.assert(
    fc.property(events, (happened) => {
      const { state } = walk(happened);
      const moved = move(state, tooLong!, { script, open: true });
      const leaving = ['ending', 'transferred', 'over'].includes(state.doing);
      expect(moved.command).toEqual(leaving ? undefined : { type: 'hangUp' });
    }),
  ));
