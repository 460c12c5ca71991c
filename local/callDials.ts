import { milliseconds, oneOf, part, probability, scale, whole, wholeIfSet, yesOrNo } from './dialKinds.ts';

const callbacks = part(
  {
    duplicate: probability('A delivered event comes once more.'),
    reorderMs: milliseconds('Events are held back for any time up to this, each for itself, and so change places.'),
    delayMs: milliseconds('Every event is held back this long.'),
    drop: probability('An attempt never arrives and counts as failed.'),
    early: probability('The events of a request arrive before its answer.'),
    batch: whole('As many events of one call as there are, up to this, come in one request.', {
      value: 1,
      lowest: 1,
      highest: 100,
    }),
  },
  "Events that ACS posts to the app's callback address.",
);

/** What a handset does that is rung: `ring` until somebody acts on it. */
export const handsetBehaviours = ['ring', 'answer', 'busy', 'decline'] as const;
export type HandsetBehaviour = (typeof handsetBehaviours)[number];

/** The dials of calls, beside what befalls any request. */
export const callDials = {
  repeatability: yesOrNo('Off: repeatability headers are ignored, and a repeated order is a second one.', true),
  promptScale: scale('What is said, and tones that are sent, take so many times as long as they would.'),
  waitScale: scale('Rings, silences and pauses between tones take so many times as long as they would.'),
  handset: oneOf(handsetBehaviours, 'What a handset does that nobody has told otherwise.'),
  handsetMs: milliseconds('How long it takes to answer or to decline by itself.', 1_000),
  recordingDelayMs: milliseconds("How long after its end a recording's file is there."),
  recordingChunkSeconds: wholeIfSet('Recordings come in parts of this length; without it, in one.', {
    lowest: 1,
    highest: 86_400,
  }),
  callbacks,
};

/** What the documentation of Call Automation leaves open, each way of reading it. */
export const callSwitches = {
  callErrorCode: oneOf(['number', 'word'], 'What `error.code` of a refused request says: "8522", or "NotFound".'),
  endedCall: oneOf(['gone', 'terminated'], 'How a command for a call that is over is refused: 404/8522 or 400/8528.'),
  lateAnswer: oneOf(
    ['refused', 'event'],
    'Whether an answer to a ring that is over is refused, or accepted and followed by AnswerFailed.',
  ),
  mediaBusy: oneOf(
    ['queued', 'refused'],
    'Whether a media operation waits for the one before it, or is refused with 400/8500.',
  ),
  mediaAtEnd: oneOf(['canceled', 'silent'], "Whether media operations that a call's end cuts off are told of."),
  callbackRetries: whole('How often a callback that failed is tried again, after 1, 2, 4 … s.', {
    value: 3,
    lowest: 0,
    highest: 10,
  }),
  callbackContentType: oneOf(
    ['application/json', 'application/cloudevents-batch+json'],
    'The content type of callbacks.',
  ),
};
