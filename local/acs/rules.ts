/**
 * What is imitated of ACS's SMS wire, as data, each with where it is known from. What nobody documents is not here but
 * among the dials' switches, so that an app can be tried against either answer.
 */

interface Rule {
  /** Where this is known from; `chosen` where it is not, with the reason. */
  readonly source: string;
}

const specs = 'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication/data-plane/Sms';
const recordings =
  'https://github.com/Azure/azure-sdk-for-js/tree/main/sdk/communication/communication-sms/recordings (answers of the real service)';
const faq = 'https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq';
const repeatable = 'https://learn.microsoft.com/rest/api/communication/repeatable-requests';
const codes =
  'https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes';

/** An error that stands for the whole request. */
interface RequestError extends Rule {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers to a whole request that is refused before anything is sent. */
export const requestErrors = {
  denied: {
    status: 401,
    body: { error: { code: 'Denied', message: 'Denied by the resource provider.' } },
    source: 'https://tweak.foo/?p=395 (a wrong signature, as the service answers it)',
  },
  /** A number that belongs to somebody else; the message is empty in the recording, too. */
  foreignSender: { status: 401, body: { error: { code: 'Unauthorized', message: '' } }, source: recordings },
  /** Not the usual error shape: the SDK finds no `code` in it. */
  malformedSender: { status: 400, body: { From: ['Invalid from phone number format.'] }, source: recordings },
  tooManyRequests: {
    status: 429,
    body: { error: { code: 'TooManyRequests', message: 'The number has reached its limit of messages a minute.' } },
    source: 'https://learn.microsoft.com/azure/communication-services/concepts/service-limits; the body is chosen',
  },
  serverError: {
    status: 500,
    body: { error: { code: 'InternalServerError', message: 'The dial sms.status5xx made this request fail.' } },
    source: 'chosen: the specification declares no errors',
  },
} as const satisfies Record<string, RequestError>;

/** The shape of a send. Success is 202 and nothing else: SDKs take another 2xx for an error. */
export const shape = {
  minRecipients: 1,
  maxRecipients: 100,
  /** UTF-16 code units, as an SDK's language counts them. */
  maxMessage: 2048,
  accepted: 202,
  invalid: { status: 400, code: 'BadRequest' },
  source: `${specs}; the words of a 400 are chosen`,
} as const satisfies Rule & Record<string, unknown>;

/** A recipient that cannot be is refused alone; the others of the request are sent. */
export const malformedRecipient = {
  httpStatusCode: 400,
  errorMessage: 'Invalid To phone number format.',
  source: recordings,
} as const satisfies Rule & Record<string, unknown>;

/** How a recipient's repeatability id is answered. The page names Email and Rooms; that SMS does the same is assumed. */
export const repeatability = {
  malformed: {
    httpStatusCode: 400,
    errorMessage: 'The repeatability id must be a GUID and its first-sent time an IMF-fixdate.',
  },
  windowOver: {
    httpStatusCode: 412,
    errorMessage: 'The repeatability first-sent time is not within the tracked window.',
  },
  otherPayload: { httpStatusCode: 400, errorMessage: 'The repeatability id was used for another request.' },
  inProgress: { httpStatusCode: 409, errorMessage: 'The request of this repeatability id is still in progress.' },
  source: repeatable,
} as const satisfies Rule & Record<string, unknown>;

/** Kinds of service number, by who watches for STOP on them. */
export type NumberKind = 'toll-free' | 'short-code-us' | 'short-code' | 'long-code' | 'sender-id';

/** A word that a carrier or ACS acts upon, and what the subscriber is told; the wording is ours. */
interface WatchedWord {
  readonly word: string;
  readonly does: 'block' | 'lift' | 'tell';
  readonly notice: string;
}

const tollFreeBack = 'NETWORK MSG: You replied "unstop" and will receive texts from this number again.';
const shortCodeBack = 'You will receive messages from this number again. Reply STOP to end them.';

/** What carriers and ACS act upon, by kind. A word counts if it is the whole text, whatever its case. */
export const watchedWords: Rule & Readonly<Record<NumberKind, readonly WatchedWord[]>> = {
  'toll-free': [
    {
      word: 'stop',
      does: 'block',
      notice:
        'NETWORK MSG: You replied "stop", so texts from this number are blocked. Text "unstop" to receive them again.',
    },
    { word: 'start', does: 'lift', notice: tollFreeBack },
    { word: 'unstop', does: 'lift', notice: tollFreeBack },
  ],
  'short-code-us': [
    {
      word: 'stop',
      does: 'block',
      notice: 'You will receive no more messages from this number. Reply START to receive them again.',
    },
    { word: 'start', does: 'lift', notice: shortCodeBack },
    { word: 'unstop', does: 'lift', notice: shortCodeBack },
    { word: 'help', does: 'tell', notice: 'Help for this number comes from its owner. Reply STOP to end messages.' },
  ],
  'short-code': [],
  'long-code': [],
  'sender-id': [],
  source: `${faq} ("Opt-out handling")`,
};

/** How a send to a subscriber who stopped it ends; the report's text is the FAQ's, the code is 4007. */
export const blockedSend = {
  details: 'Sender blocked for given recipient.',
  httpStatusCode: 400,
  source: `${faq}; ${codes}; a per-recipient answer is chosen`,
} as const satisfies Rule & Record<string, unknown>;

/** What a delivery report of success says. */
export const delivered = {
  details: 'No error.',
  source: 'https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events',
} as const satisfies Rule & Record<string, unknown>;

/** How long the dial `sms.timeout` holds a request, in milliseconds: its ids are in progress until then. */
export const held = {
  for: 30_000,
  source: 'chosen: longer than a client with a deadline waits, much shorter than the repeatability window',
} as const satisfies Rule & Record<string, unknown>;

/**
 * Messages a minute, for each number (of `sender-id`: for the resource). Every request counts, refused ones too. Long
 * codes have no documented figure and so no limit here.
 */
export const rateLimits = {
  window: 60_000,
  'toll-free': 200,
  'short-code-us': 6_000,
  'short-code': 6_000,
  'long-code': Number.POSITIVE_INFINITY,
  'sender-id': 600,
  source: 'https://learn.microsoft.com/azure/communication-services/concepts/service-limits ("all requests accrue")',
} as const satisfies Rule & Readonly<Record<NumberKind, number>> & { readonly window: number };
