import { headersOf } from './envelope.ts';
import type { Answer, HttpRequest } from './exchange.ts';
import { contentTypes, handshake } from './rules.ts';
import type { Subscription } from './subscription.ts';

/** What one handshake is about. */
export interface Offer {
  readonly code: string;
  readonly topic: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where a GET validates by hand; absent where nobody serves it. */
  readonly validationUrl?: string | undefined;
}

/** The request by which an endpoint is asked whether it wants the events at all. */
export function invitation(subscription: Subscription, offer: Offer): HttpRequest {
  const { endpoint: url, deliveryHeaders } = subscription;
  if (subscription.schema === 'CloudEventSchemaV1_0') {
    const callback = offer.validationUrl === undefined ? {} : { 'webhook-request-callback': offer.validationUrl };
    return {
      method: 'OPTIONS',
      url,
      headers: { ...deliveryHeaders, 'webhook-request-origin': handshake.origin, ...callback },
    };
  }
  const headers = headersOf(subscription, 'SubscriptionValidation', handshake.dataVersion);
  const body = JSON.stringify([validationEvent(offer)]);
  return { method: 'POST', url, headers: { ...headers, 'content-type': contentTypes.eventGrid }, body };
}

const validationEvent = ({ code, topic, at, validationUrl }: Offer) => ({
  id: code,
  topic,
  subject: '',
  eventType: handshake.eventType,
  eventTime: at,
  metadataVersion: '1',
  dataVersion: handshake.dataVersion,
  data: { validationCode: code, validationUrl },
});

/** `by-hand`: it took note and says nothing; somebody may still GET the validation address. */
export type Reply =
  | { readonly type: 'admitted' }
  | { readonly type: 'by-hand' }
  | { readonly type: 'refused'; readonly problem: string };

/** Whether the answer is a yes, by the schema's own rule. */
export function readReply(subscription: Subscription, offer: Offer, answer: Answer): Reply {
  if (answer.type === 'failed') return { type: 'refused', problem: answer.detail };
  if (answer.status !== handshake.status) {
    return { type: 'refused', problem: `it answered ${answer.status}; only ${handshake.status} counts` };
  }
  const [given, expected, what] =
    subscription.schema === 'CloudEventSchemaV1_0'
      ? [answer.headers.get('webhook-allowed-origin') ?? undefined, [handshake.origin, '*'], 'WebHook-Allowed-Origin']
      : [validationResponse(answer.body), [offer.code], 'validationResponse'];
  if (given === undefined && offer.validationUrl !== undefined) return { type: 'by-hand' };
  if (given !== undefined && expected.includes(given)) return { type: 'admitted' };
  return {
    type: 'refused',
    problem: `it answered ${answer.status} ${given === undefined ? 'without' : 'with a wrong'} ${what}`,
  };
}

function validationResponse(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('validationResponse' in parsed)) return undefined;
    return String(parsed.validationResponse);
  } catch {
    return undefined;
  }
}
