/**
 * What the local Event Grid imitates, as data. Unless it says otherwise, a rule stands on
 * https://learn.microsoft.com/azure/event-grid/delivery-and-retry; "ours" marks a figure that Microsoft does not give.
 * Where its pages disagree, a switch among the dials chooses. All times are milliseconds.
 */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** An endpoint that has not answered by then has failed; its invocation may run on. */
export const answerWithin = 30 * second;

/** Only these are success; 205 and 302 are failures like 500. */
const isSuccess = (status: number): boolean => status >= 200 && status <= 204;

/** The wait after the first, second, … failure; after the last of them, always that one. */
export const retryWaits = [
  10 * second,
  30 * second,
  1 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  1 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
] as const;

/** "A small randomization" is added to each wait: up to this part of it (ours). */
export const jitter = 0.1;

/** The earliest next attempt after these, where the switch `minimumWaits` is on. */
export const minimumWaits: Readonly<Record<number, number>> = { 408: 2 * minute, 503: 30 * second };

/**
 * Given up at once by a webhook subscription, each with the reason its dead letter bears. The first reason was seen in the
 * wild (https://stackoverflow.com/questions/52173869); the others follow its pattern (ours). 403 hangs on the switch
 * `forbiddenIsFinal`. 404 is tried again.
 */
export const finalStatuses = {
  400: 'UndeliverableDueToHttpBadRequest',
  401: 'UndeliverableDueToHttpUnauthorized',
  403: 'UndeliverableDueToHttpForbidden',
  413: 'UndeliverableDueToHttpRequestEntityTooLarge',
} as const;

/**
 * Why an event was given up. The two limits as named in
 * https://learn.microsoft.com/training/modules/azure-event-grid/4-event-grid-delivery-retry.
 */
export type DeadLetterReason =
  | 'MaxDeliveryAttemptsExceeded'
  | 'MaxRetryDurationExceeded'
  | (typeof finalStatuses)[keyof typeof finalStatuses];

/** What became of an attempt, in the words of `lastDeliveryOutcome`; `Delivered` is ours, for success has no dead letter. */
export type Outcome =
  | 'Delivered'
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'PayloadTooLarge'
  | 'TimedOut'
  | 'Busy'
  | 'SocketError'
  | 'ResolutionError'
  | 'Aborted';

/** The documentation names the outcomes but not the statuses behind them: the obvious ones (ours). */
const outcomes: Readonly<Record<number, Outcome>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  408: 'TimedOut',
  413: 'PayloadTooLarge',
  504: 'TimedOut',
};

/** Every other status reads as an endpoint that is not up to it just now. */
export const outcomeOf = (status: number): Outcome => (isSuccess(status) ? 'Delivered' : (outcomes[status] ?? 'Busy'));

/**
 * A subscription whose attempts failed this often in a row is on probation after each further failure, for as long as its
 * outcome says; nothing is tried meanwhile. The real one may hold back for hours and skip retries; ours keeps to this.
 */
export const failuresBeforeProbation = 10;
const probations: Readonly<Partial<Record<Outcome, number>>> = {
  Busy: 10 * second,
  TimedOut: 10 * second,
  SocketError: 30 * second,
  NotFound: 5 * minute,
  ResolutionError: 5 * minute,
  Unauthorized: 5 * minute,
  Forbidden: 5 * minute,
};
export const probationAfter = (outcome: Outcome): number => probations[outcome] ?? 10 * second;

/**
 * The bounds of a subscription. Headers: https://learn.microsoft.com/azure/event-grid/delivery-properties. A dead letter
 * is really written five minutes after the last attempt, to save on blobs; ours is there at once.
 */
export const limits = { attempts: 30, ttlMinutes: 1_440, batchEvents: 5_000, batchKb: 1_024, headers: 10 } as const;

/** Where batching is on, events are gathered this long: for the time they spend inside the real service (ours). */
export const gatherFor = 20;
/** Requests to one endpoint at a time (ours; the real one is "highly parallelized"). */
export const parallelRequests = 32;

/**
 * The handshake: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema and
 * https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema.
 */
export const handshake = {
  /** The one status that answers it; a 202 does not. */
  status: 200,
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  dataVersion: '1',
  origin: 'eventgrid.azure.net',
  /** How long the address for validating by hand is good. */
  byHandWithin: 5 * minute,
  /** The real one fails for good and has to be asked for anew; ours asks again by itself, in real time (ours). */
  againAfter: 1 * second,
} as const;

/** https://learn.microsoft.com/azure/event-grid/cloud-event-schema; a batch of CloudEvents has a media type of its own. */
export const contentTypes = {
  eventGrid: 'application/json; charset=utf-8',
  cloudEvent: 'application/cloudevents+json; charset=utf-8',
  cloudEvents: 'application/cloudevents-batch+json; charset=utf-8',
} as const;

/** `aeg-metadata-version`: of the Event Grid schema, and the CloudEvents specification's own. */
export const metadataVersions = { EventGridSchema: '1', CloudEventSchemaV1_0: '1.0' } as const;
export type Schema = keyof typeof metadataVersions;

/**
 * Publishing to a custom topic: https://learn.microsoft.com/azure/event-grid/post-to-custom-topic. Its words are not given
 * (ours), nor what an SDK relies on, seen on the wire of @azure/eventgrid: it takes 200 for success and nothing else.
 */
export const publishing = {
  /** Access keys only; signatures and Entra tokens are not imitated. */
  keyHeader: 'aeg-sas-key',
  apiVersion: '2018-01-01',
  /** "Up to 1 MB" for all events of a request together. */
  maxBytes: 1_048_576,
  taken: 200,
  oneCloudEvent: 'application/cloudevents+json',
  /** CloudEvents in binary mode are not imitated. */
  mediaTypes: {
    EventGridSchema: ['application/json'],
    CloudEventSchemaV1_0: ['application/cloudevents-batch+json', 'application/cloudevents+json'],
  },
  errorCodes: { 400: 'BadRequest', 401: 'Unauthorized', 413: 'PayloadTooLarge' },
} as const;

/**
 * What a topic takes is not always what it can deliver: https://learn.microsoft.com/azure/event-grid/event-schema-compatibility.
 */
export const deliverable = {
  EventGridSchema: ['EventGridSchema', 'CloudEventSchemaV1_0'],
  CloudEventSchemaV1_0: ['CloudEventSchemaV1_0'],
} as const;

/** The journal forgets, when the world starts, all but this many finished events (ours). */
export const finishedKept = 1_000;
