import * as z from 'zod/mini';
import { AppError } from '../shared/core/errors.ts';
import { callDials, callSwitches } from './callDials.ts';
import { milliseconds, oneOf, part, probability, text, told, whole, wholeIfSet, yesOrNo } from './dialKinds.ts';

const eventGrid = part(
  {
    duplicate: probability('A delivered event comes again, `duplicateCount` times.'),
    duplicateCount: whole('How often a delivered event comes again.', { value: 1, lowest: 1, highest: 100 }),
    reorderMs: milliseconds('New events are held back for any time up to this, each for itself, and so change places.'),
    delayMs: milliseconds('Every new event is held back this long.'),
    drop: probability('An attempt never reaches the endpoint and counts as a failed one.'),
    batch: wholeIfSet(
      'Events in one request, whatever the subscription says; without it, what the subscription says.',
      { lowest: 1, highest: 5_000 },
    ),
  },
  'Event Grid, on its way to the app.',
);

/** What befalls a request to ACS. */
const mishaps = {
  status429: probability('The request is refused as one too many.'),
  retryAfterSeconds: wholeIfSet(
    'What Retry-After says, where `switches.retryAfterOn429` lets a 429 have one; without it, until there is room again.',
    { lowest: 0, highest: 86_400 },
  ),
  status5xx: probability('The request is answered with a 500, and nothing of it is done.'),
  timeout: probability('The request is never looked at and never answered.'),
  lostAnswer: probability('What was asked is done, a text leaves, a token is issued, but the answer never comes.'),
};

const sms = part(
  {
    ...mishaps,
    reportDelayMs: milliseconds('Delivery reports come so much later.'),
    reportMissing: probability('No delivery report comes.'),
    reportDuplicate: probability('A delivery report comes twice.'),
    reportFailed: part(
      {
        probability: probability('A report says Failed.'),
        details: text('Its `deliveryStatusDetails`.', '4006'),
      },
      'What is reported as not delivered.',
    ),
    repeatability: yesOrNo('Off: the service ignores repeatability ids, and a repeated send is a second text.', true),
    rateLimits: yesOrNo("Refuse, with 429, what is beyond the rate of the number's kind.", true),
  },
  'Requests to send texts, and their reports.',
);

const calls = part({ ...mishaps, ...callDials }, 'Calls: requests about them, handsets, recordings and callbacks.');

const identity = part(
  {
    ...mishaps,
    rateLimits: yesOrNo("Refuse, with 429, what is beyond the service's limit of the operation.", true),
  },
  'Requests about identities and tokens.',
);

const switches = part(
  {
    subjectNumber: oneOf(
      ['service', 'subscriber'],
      'Which number the `subject` of an SMS event holds; the documented samples cannot tell.',
    ),
    retryAfterOn429: yesOrNo('Whether a 429 carries Retry-After at all; without it the SDK does not try again.', true),
    numbersWithoutPlus: yesOrNo('Whether numbers in events come as in the documented samples, without `+`.', true),
    tagCase: oneOf(
      ['tag', 'Tag'],
      "How a delivery report spells the tag: `tag` in the specification, `Tag` in the documentation's sample.",
    ),
    hmacDateToleranceMinutes: whole(
      'How far `x-ms-date` may be off, 0 for as far as it likes; the documentation gives no figure.',
      { value: 15, lowest: 0, highest: 1_440 },
    ),
    blockedSends: oneOf(
      ['reported', 'refused'],
      'Whether a send to somebody who opted out is refused at once, or accepted and then reported as failed (4007).',
    ),
    repeatabilityWindowSeconds: whole(
      'How long a repeatability id is remembered; documented for Email and Rooms only.',
      { value: 300, lowest: 1, highest: 86_400 },
    ),
    goneIdentity: oneOf(
      ['notFound', 'notOwned'],
      "How a request about an identity that is deleted, or was never created, is refused: 404, or 401 as one of somebody else's is.",
    ),
    forbiddenIsFinal: yesOrNo(
      'Whether Event Grid gives an event up at a 403, as its newest page says, or tries again, as older ones do.',
      true,
    ),
    minimumWaits: yesOrNo(
      'Whether a 408 is tried again after 2 minutes and a 503 after 30 seconds at the earliest, as a second table on the same page says.',
      false,
    ),
    deliveryCountFrom: whole(
      'What `aeg-delivery-count` says at the first attempt: 0 in samples of deliveries, "number of attempts made" in words.',
      { value: 0, lowest: 0, highest: 1 },
    ),
    probation: yesOrNo('Whether an endpoint that fails on and on gets its new events later.', true),
    ...callSwitches,
  },
  'What the documentation of the wire leaves open, each way of reading it.',
);

const schema = part(
  {
    seed: told(
      z._default(z.int(), 1),
      'The same seed and the same order of events and requests bring the same mishaps.',
    ),
    timeScale: told(
      z._default(z.number().check(z.gt(0), z.lte(1_000_000)), 1),
      "Divides Event Grid's waits, probations and time to live, and waits before a callback comes again; 1 is real time.",
    ),
    eventGrid,
    sms,
    identity,
    calls,
    switches,
  },
  'Everything that can be turned about the local world while it runs.',
);

/** Everything that can be turned about the local world while it runs. A change holds from the next event, attempt or request on. */
export type Dials = z.output<typeof schema>;

export const defaultDials: Dials = schema.parse(undefined);

/** What each dial means, what it takes and where it stands by default: JSON Schema. */
export const dialsSchema = z.toJSONSchema(schema, { io: 'input' });

/**
 * The dials after a change. `patch` is a JSON merge patch (RFC 7396): it names what changes, and `null` puts a dial, or a
 * whole part, back to its default. An unknown name or a value that does not fit is an `invalid-input` that names them all.
 */
export function changeDials(current: Dials, patch: unknown): Dials {
  const parsed = schema.safeParse(merge(current, patch), { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  throw new AppError('invalid-input', parsed.error.issues.map(complaint).join('. '));
}

function merge(current: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const before = new Map(Object.entries(isRecord(current) ? current : {}));
  const changed = Object.entries(patch).map(([name, value]) => [name, merge(before.get(name), value)] as const);
  return Object.fromEntries([...before, ...changed].filter(([name]) => patch[name] !== null));
}

function complaint(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return `${path.join('.') || 'The dials'}: ${issue.message}`;
  const unknown = issue.keys.map((key) => [...path, key].join('.')).join(', ');
  return `There is no dial ${unknown}; known here: ${namesAt(path).join(', ')}`;
}

/** The names that a part of the dials knows, optional ones too. */
function namesAt(path: readonly string[]): readonly string[] {
  const at = path.reduce<unknown>((part, name) => propertiesOf(part)[name], dialsSchema);
  return Object.keys(propertiesOf(at));
}

const propertiesOf = (part: unknown): Readonly<Record<string, unknown>> =>
  isRecord(part) && isRecord(part['properties']) ? part['properties'] : {};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Numbers in [0, 1), the same ones for the same seed and names. Names (an event, a request, a purpose) give each thing
 * its own numbers, so that what happens to one does not depend on which others came before it. (The names are mixed into
 * the seed by FNV-1a; the numbers are mulberry32's.)
 */
export function seededRandom(seed: number, ...names: readonly (string | number)[]): () => number {
  let state = names
    .join('\n')
    .split('')
    .reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
