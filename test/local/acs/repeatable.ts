import type { SmsClientOptions, SmsSendOptions } from '@azure/communication-sms';

/**
 * Lets a test say a send's repeatability id, which the SDK otherwise makes up: a policy of the call changes the body
 * after it is made and before it is signed.
 */
export const repeatable: SmsClientOptions = {
  additionalPolicies: [
    {
      position: 'perCall',
      policy: {
        name: 'repeatable',
        sendRequest(request, next) {
          const [id, firstSent] = (request.headers.get('x-test-repeat') ?? '').split('|');
          request.headers.delete('x-test-repeat');
          const body = JSON.parse(String(request.body));
          for (const recipient of body.smsRecipients) {
            recipient.repeatabilityRequestId = id;
            recipient.repeatabilityFirstSent = firstSent;
          }
          request.body = JSON.stringify(body);
          return next(request);
        },
      },
    },
  ],
};

/** `firstSent`: milliseconds since 1970, or the text itself. */
export const repeating = (id: string, firstSent: number | string): SmsSendOptions => ({
  enableDeliveryReport: true,
  requestOptions: {
    customHeaders: {
      'x-test-repeat': `${id}|${typeof firstSent === 'number' ? new Date(firstSent).toUTCString() : firstSent}`,
    },
  },
});
