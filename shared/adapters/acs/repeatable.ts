import type { SmsClientOptions } from '@azure/communication-sms';

type PipelinePolicy = NonNullable<SmsClientOptions['additionalPolicies']>[number]['policy'];

/** Carries our repeatability id and first-sent time through the SDK to the policy; it never reaches the wire. */
export const repeatabilityHeader = 'x-switchboard-repeatability';

/**
 * The SDK makes a new repeatability id on each `send()`, and so would send a text again after a crash. This puts our own
 * in. It has to stand `perCall`: after the body is written and before it is signed.
 */
export const repeatable: PipelinePolicy = {
  name: 'switchboard-repeatable',
  sendRequest(request, next) {
    const carried = request.headers.get(repeatabilityHeader);
    request.headers.delete(repeatabilityHeader);
    if (carried !== undefined && typeof request.body === 'string')
      request.body = withRepeatability(request.body, carried);
    return next(request);
  },
};

interface SendBody {
  readonly smsRecipients: readonly object[];
}

function withRepeatability(text: string, carried: string): string {
  const body: SendBody = JSON.parse(text);
  const [repeatabilityRequestId, repeatabilityFirstSent] = carried.split('|');
  const smsRecipients = body.smsRecipients.map((to) => ({ ...to, repeatabilityRequestId, repeatabilityFirstSent }));
  return JSON.stringify({ ...body, smsRecipients });
}
