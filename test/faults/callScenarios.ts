import { recordingsOf } from '../../shared/conversations/callRecordings.ts';
import type { Scenario } from './scenario.ts';
import { nextDiesBefore } from './scenarios.ts';
import { callsOf } from './seen.ts';

const link = { 'Press.': 'one' };
const message = { 'Press.': 'two', 'tone.wav': 'pound' };

/** What a caller who leaves a message has to find in the end: one recording, with us and told of. */
const recorded: Scenario['wrong'] = ({ rows }) =>
  callsOf(rows).flatMap((call) =>
    recordingsOf(call).filter(({ kept }) => kept !== undefined).length === 1 ? [] : ['the message is not kept'],
  );

export const callScenarios: readonly Scenario[] = [
  {
    name: 'a ring that is answered',
    act: ({ ring }) => ring(link),
    ends: ['l delivered 1, answered'],
  },
  {
    name: 'a call that is connected, and asks its caller',
    act: ({ ring }) => ring(link),
    of: 'callback CallConnected',
    ends: ['l delivered 1, answered'],
  },
  {
    name: 'a key that brings a text, and a goodbye',
    act: ({ ring }) => ring(link),
    of: 'callback RecognizeCompleted of 2',
    ends: ['l delivered 1, answered'],
  },
  {
    name: 'silence, after which it asks again',
    act: ({ ring }) => ring({ 'Press.': 'silence', 'Again.': 'one' }),
    of: 'callback RecognizeFailed of 2',
    ends: ['l delivered 1, answered'],
  },
  {
    name: 'a tone, after which a message is recorded',
    act: ({ ring }) => ring(message),
    of: 'callback PlayCompleted of 4',
    ends: ['voicemail'],
    wrong: recorded,
  },
  {
    name: 'the end of a message',
    act: ({ ring }) => ring(message),
    of: 'callback RecognizeCompleted of 6',
    ends: ['voicemail'],
    wrong: recorded,
  },
  {
    name: 'a recording that is taken over',
    act: ({ ring }) => ring(message),
    of: 'RecordingFileStatusUpdated',
    ends: ['voicemail'],
    wrong: recorded,
  },
  {
    name: 'a caller who hangs up and gets a text',
    act: ({ ring }) => ring({}),
    of: 'callback CallDisconnected',
    ends: ['m delivered 1, abandoned'],
  },
  {
    name: 'a wake that gives a lost command again',
    async before(stage) {
      nextDiesBefore(stage, 'POST /calling/callConnections/…:recognize', 'callback CallConnected');
      await stage.ring(link);
    },
    act: async () => {},
    of: 'wakes',
    ends: ['l delivered 1, answered'],
  },
];
