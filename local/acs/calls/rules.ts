/** What is imitated of ACS's Call Automation, as data, each with where it is known from. */

interface Rule {
  /** Where this is known from; `chosen` where it is not, with the reason. */
  readonly source: string;
}

const media =
  'https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/control-mid-call-media-actions';

/** How a request is refused: status, code, the word that some read the code as, and what to say. */
export interface Refused {
  readonly status: number;
  readonly code: number;
  readonly word: string;
  readonly message: string;
}

const refused = (status: number, code: number, word: string, message: string): Refused => ({
  status,
  code,
  word,
  message,
});

/**
 * Every refusal of the wire. Numbers and words of codes:
 * https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes
 * ("Call Automation SDK"). The messages are ours, and which of them fits a case is chosen where the page does not say.
 */
export const refusals = {
  notFound: refused(404, 8522, 'NotFound', 'The call, or the participant, does not exist or is gone.'),
  invalid: refused(400, 8523, 'InvalidArgument', 'The request is invalid.'),
  notEstablished: refused(400, 8501, 'CallNotEstablished', 'The call is not established.'),
  busy: refused(400, 8500, 'InvalidMediaMode', 'A media operation is under way on this call.'),
  terminated: refused(400, 8528, 'CallTerminated', 'The call is over.'),
  conflict: refused(409, 8519, 'Conflict', 'Somebody has dealt with this already.'),
  foreignNumber: refused(403, 7507, 'CallSourceIdentityInvalid', 'The source number belongs to another resource.'),
  wrongState: refused(400, 8585, 'ActionNotValidInCurrentCallState', 'The call is in another state.'),
  incompatible: refused(412, 8583, 'PreconditionFailed', 'The operation cannot run beside the one under way.'),
  noSpeech: refused(
    400,
    8567,
    'ACSResourceServicePrincipalNotEnabled',
    'Text, SSML and speech need callIntelligenceOptions.cognitiveServicesEndpoint, given when the call was answered or created.',
  ),
  unsupported: refused(405, 8520, 'NotImplemented', 'The local world cannot do this.'),
  recordingRuns: refused(400, 8553, 'DuplicateRecording', 'The call is being recorded already.'),
  recordingState: refused(400, 8573, 'PauseResumeMethodNotAllowed', 'The recording is in another state.'),
  malformedRepeatability: refused(
    400,
    8523,
    'InvalidArgument',
    'Repeatability-Request-ID must be a GUID and Repeatability-First-Sent an IMF-fixdate.',
  ),
  otherPayload: refused(400, 8523, 'InvalidArgument', 'The Repeatability-Request-ID was used for another request.'),
  windowOver: refused(412, 8583, 'PreconditionFailed', 'Repeatability-First-Sent is not within the tracked window.'),
  inProgress: refused(409, 8519, 'Conflict', 'The request of this Repeatability-Request-ID is still in progress.'),
  tooMany: refused(429, 8516, 'CallThrottled', 'The resource has reached its limit of requests.'),
  serverError: refused(500, 9999, 'Unknown', 'The dial calls.status5xx made this request fail.'),
} as const satisfies Record<string, Refused>;
export type Refusal = keyof typeof refusals;

/** What an event says of how it ended. */
export interface Result {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
  readonly sipDetails?: { readonly code: number; readonly message: string };
  readonly q850Details?: { readonly code: number; readonly message: string };
}

const result = (code: number, subCode: number, message: string): Result => ({ code, subCode, message });
const onTheLine = (given: Result, sip: readonly [number, string], q850: readonly [number, string]): Result => ({
  ...given,
  sipDetails: { code: sip[0], message: sip[1] },
  q850Details: { code: q850[0], message: q850[1] },
});

/**
 * How operations end. Subcodes are those of the same page, paired with codes as samples show them and else by
 * choice; SIP and Q.850 are those of RFC 3261 and RFC 3398; the words are ours.
 */
export const results = {
  done: result(200, 0, ''),
  hungUp: onTheLine(result(200, 0, 'The conversation has ended.'), [200, 'OK'], [16, 'Normal call clearing']),
  busy: onTheLine(result(486, 8539, 'Callee busy.'), [486, 'Busy Here'], [17, 'User busy']),
  declined: onTheLine(result(603, 8538, 'Callee declined.'), [603, 'Decline'], [21, 'Call rejected']),
  unanswered: onTheLine(
    result(408, 8541, 'Callee unavailable: no answer.'),
    [480, 'Temporarily Unavailable'],
    [19, 'No answer from user (user alerted)'],
  ),
  cancelled: onTheLine(result(487, 8542, 'Call canceled.'), [487, 'Request Terminated'], [16, 'Normal call clearing']),
  lateAnswer: result(404, 8522, 'The incoming call is over.'),
  tooLateToCancel: result(400, 8585, 'The invitation is settled already.'),
  operationCancelled: result(400, 8508, 'Action failed, the operation was cancelled.'),
  maxDigits: result(200, 8531, 'Action completed, max digits received.'),
  stopTone: result(200, 8514, 'Action completed as stop tone was detected.'),
  toneOption: result(200, 8533, 'Action completed, DTMF option matched.'),
  speechOption: result(200, 8545, 'Action completed, speech option matched.'),
  speech: result(200, 8569, 'Action completed, speech was recognized.'),
  initialSilence: result(400, 8510, 'Action failed, initial silence timeout reached.'),
  interDigit: result(400, 8532, 'Action failed, inter-digit silence timeout reached.'),
  wrongTone: result(400, 8534, 'Action failed, incorrect tone entered.'),
  noOption: result(400, 8547, 'Action failed, speech option not matched.'),
  promptFailed: result(400, 8511, 'Action failed, encountered failure while trying to play the prompt.'),
  wrongFormat: result(400, 8535, 'Action failed, file format is invalid.'),
  noFile: result(400, 8536, 'Action failed, file could not be downloaded.'),
} as const satisfies Record<string, Result>;
export type ResultName = keyof typeof results;

/** Media operations, and which may not begin while another runs or waits; all others wait their turn. */
export type MediaKind = 'playToAll' | 'playTo' | 'recognize' | 'recognizeInGroup' | 'sendDtmf' | 'continuousDtmf';
const besideParticipant: readonly MediaKind[] = ['playTo', 'recognizeInGroup', 'sendDtmf', 'continuousDtmf'];
export const incompatible: Rule & { readonly while: Readonly<Partial<Record<MediaKind, readonly MediaKind[]>>> } = {
  while: { playTo: besideParticipant, recognizeInGroup: besideParticipant, sendDtmf: besideParticipant },
  source: `${media} ("Media action compatibility table")`,
};

/** Durations, in milliseconds. */
export const durations = {
  /** An incoming call that nobody answers. */
  ring: 30_000,
  perWord: 400,
  perTone: 250,
  initialSilence: 5_000,
  interTone: 2_000,
  endSilence: 2_000,
  /** From a callback to its first repetition; each next one takes twice as long. */
  firstRetry: 1_000,
  callbackTimeout: 30_000,
  fileTimeout: 10_000,
  /** How long a callback's token is good. */
  token: 300_000,
  recordingKept: 86_400_000,
  source:
    'ring and recordings: concepts/call-automation/incoming-call-notification, concepts/voice-video-calling/call-recording; silences: SDK defaults; token: how-tos/call-automation/secure-webhook-endpoint; words (150 a minute), tones and timeouts: chosen',
} as const satisfies Rule & Record<string, unknown>;

export const limits = {
  /** Tones in one request. */
  tones: 18,
  source: media,
} as const;

/** Who says that a callback is ACS's. */
export const callbackIssuer = 'https://acscallautomation.communication.azure.com';
