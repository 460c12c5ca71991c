import type { CallOrder, OrderOutcome } from '../../calls/callControl.ts';

/** What an error of the SDK tells; it comes from the service (`statusCode`) or the network. Some are no objects at all. */
interface OrderError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
}

type Failure = Exclude<OrderOutcome, { type: 'accepted' }>['type'];

/** Codes of Call Automation (https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes). */
const byCode: Readonly<Record<string, Failure>> = {
  /** The call, or the participant, is not there. */
  '8522': 'over',
  /** The call has been terminated. */
  '8528': 'over',
  /** A media operation is under way. */
  '8500': 'later',
};

/** A recording of this call runs already: an earlier try has started it. */
const recordingRuns = ['8553', '8559'];

const notCarriedOut = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** What is known of an order that the SDK threw for. */
export function outcomeOfOrderError(thrown: unknown, order: CallOrder['type']): OrderOutcome {
  const error: OrderError = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const { statusCode: status, code = '' } = error;
  if (status === undefined) return ofNetwork(error);
  if (order === 'startRecording' && recordingRuns.includes(code)) return { type: 'accepted' };
  // It has been stopped: by an earlier try, or with the call, of which the next command will tell.
  if (order === 'stopRecording' && status === 404) return { type: 'accepted' };
  const reason = `The provider refused: ${error.message ?? status}`.slice(0, 300);
  return { type: byCode[code] ?? byStatus(status), code: code || String(status), reason };
}

function byStatus(status: number): Failure {
  if (status === 404 || status === 410) return 'over';
  // A key that is being changed, or too much at once, passes.
  if ([401, 403, 429, 503].includes(status)) return 'later';
  if (status < 400 || status === 408 || status === 409 || status >= 500) return 'ambiguous';
  return 'refused';
}

function ofNetwork({ code, name }: OrderError): OrderOutcome {
  const what = code ?? name ?? 'no answer';
  if (notCarriedOut.includes(what)) return { type: 'later', code: what, reason: 'The provider could not be reached.' };
  return { type: 'ambiguous', code: what, reason: 'The provider did not answer as it should.' };
}
