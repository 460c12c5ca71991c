import * as z from 'zod/mini';

/** How often something happens: 0 never, 1 always. */
const probability = z._default(z.number().check(z.gte(0), z.lte(1)), 0);
const milliseconds = (value: number) => z._default(z.int().check(z.gte(0), z.lte(86_400_000)), value);
/** What a duration of the real world is multiplied by; 0: at once. */
const scale = z._default(z.number().check(z.gte(0), z.lte(1_000)), 1);

/** What befalls the events that ACS posts to the app's callback address. */
const callbacks = z.prefault(
  z.strictObject({
    /** A delivered event comes once more. */
    duplicate: probability,
    /** Events are held back for any time up to this, each for itself, and so change places. */
    reorderMs: milliseconds(0),
    /** Every event is held back this long. */
    delayMs: milliseconds(0),
    /** An attempt never arrives and counts as failed. */
    drop: probability,
    /** The events of a request arrive before its answer. */
    early: probability,
    /** As many events of one call as there are, up to this, come in one request. */
    batch: z._default(z.int().check(z.gte(1), z.lte(100)), 1),
  }),
  {},
);

/** What a handset does that is rung: `ring` until somebody acts on it. */
export const handsetBehaviours = ['ring', 'answer', 'busy', 'decline'] as const;
export type HandsetBehaviour = (typeof handsetBehaviours)[number];

/** The dials of calls, beside what befalls any request. */
export const callDials = {
  /** Off: repeatability headers are ignored, and a repeated order is a second one. */
  repeatability: z._default(z.boolean(), true),
  /** What is said, and tones that are sent, take so many times as long as they would. */
  promptScale: scale,
  /** Rings, silences and pauses between tones take so many times as long as they would. */
  waitScale: scale,
  /** What a handset does that nobody has told otherwise. */
  handset: z._default(z.enum(handsetBehaviours), 'ring'),
  /** How long it takes to answer or to decline by itself. */
  handsetMs: milliseconds(1_000),
  /** How long after its end a recording's file is there. */
  recordingDelayMs: milliseconds(0),
  /** Recordings come in parts of this length; without it, in one. */
  recordingChunkSeconds: z.optional(z.int().check(z.gte(1), z.lte(86_400))),
  callbacks,
};

/** What the documentation of Call Automation leaves open, each way of reading it. */
export const callSwitches = {
  /** What `error.code` of a refused request says: "8522", or "NotFound". */
  callErrorCode: z._default(z.enum(['number', 'word']), 'number'),
  /** How a command for a call that is over is refused: 404/8522 or 400/8528. */
  endedCall: z._default(z.enum(['gone', 'terminated']), 'gone'),
  /** Whether an answer to a ring that is over is refused, or accepted and followed by AnswerFailed. */
  lateAnswer: z._default(z.enum(['refused', 'event']), 'refused'),
  /** Whether a media operation waits for the one before it, or is refused with 400/8500. */
  mediaBusy: z._default(z.enum(['queued', 'refused']), 'queued'),
  /** Whether media operations that a call's end cuts off are told of. */
  mediaAtEnd: z._default(z.enum(['canceled', 'silent']), 'canceled'),
  /** How often a callback that failed is tried again, after 1, 2, 4 … s. */
  callbackRetries: z._default(z.int().check(z.gte(0), z.lte(10)), 3),
  /** The content type of callbacks. */
  callbackContentType: z._default(
    z.enum(['application/json', 'application/cloudevents-batch+json']),
    'application/json',
  ),
};
